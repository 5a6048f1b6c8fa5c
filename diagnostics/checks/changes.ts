import { changeRows, versionNames } from '../changes/rows.ts';
import { spelled } from '../changes/spelled.ts';
import { failedOf, unreadThings, unreadWords } from '../changes/unread.ts';
import type { Happening } from '../changes-details.ts';
import { defineCheck, type Outcome } from '../check.ts';
import { readOf } from '../fact.ts';
import { changeBase } from '../facts/changes/change-base.ts';
import { changeCalls } from '../facts/changes/change-calls.ts';
import { changedThings } from '../facts/changes/changed-things.ts';
import { serviceScalingActivities } from '../facts/perf/scaling.ts';
import { listed, plural } from '../words.ts';

/** What was changed between the last good start and the first bad stop. */
export const changesCheck = defineCheck({
  id: 'changes',
  question: 'what was changed',
  needs: { changeBase },
  wants: { changedThings, serviceScalingActivities, changeCalls },
  judge(facts, { scope, target }): Outcome {
    if (target.service === undefined)
      return {
        findings: [],
        answer: { state: 'unknown', headline: 'only a service has deployments to compare' },
      };
    const base = facts.changeBase;
    const things = readOf(facts.changedThings);
    const calls = readOf(facts.changeCalls);
    const rows = changeRows({
      base,
      things,
      scaling: readOf(facts.serviceScalingActivities),
      calls: calls?.calls,
    });
    const { from, to, why } = base.compared;
    const notChecked = [...base.notChecked, ...unreadThings(things)];
    // Who made a change decides nothing about what was changed.
    const unread = [
      ...notChecked.map(({ check }) => check),
      ...failedOf([
        [changedThings.what, facts.changedThings],
        [serviceScalingActivities.what, facts.serviceScalingActivities],
      ]),
    ];
    const changed = rows.filter(({ about }) => about !== 'call');
    const span = `between ${spelled(from, scope.now)} and ${spelled(to, scope.now)}`;
    const seen = changed.length > 0 ? inShort(changed, span) : undefined;
    return {
      findings: [],
      details: {
        changes: {
          from: from.toISOString(),
          to: to.toISOString(),
          why,
          ...versionNames(base),
          rows,
          asked: calls !== undefined,
        },
        ...(calls && scope.now.getTime() - to.getTime() < late && { notes: [mayBeLate] }),
      },
      answer:
        unread.length > 0
          ? {
              state: 'unknown',
              headline: `${seen ?? `no change was seen ${span}`}${unreadWords(unread)}`,
            }
          : { state: 'healthy', headline: seen ?? `nothing changed ${span}` },
      notChecked: [...notChecked, ...(calls?.notChecked ?? [])],
    };
  },
});

/**
 * CloudTrail tells of a call five minutes after it on average, which it does not promise.
 * Source: CloudTrail User Guide, "Getting and viewing your CloudTrail log files".
 */
const late = 15 * 60_000;
const mayBeLate = 'Calls of the last minutes may not stand in the event history yet.';

/** `3 changes of the task definition and 1 of a secret between … and …` */
function inShort(rows: readonly Happening[], span: string): string {
  const counts = new Map<string, number>();
  for (const { about, count } of rows) counts.set(about, (counts.get(about) ?? 0) + count);
  const parts = [...counts].map(([about, count], index) =>
    index === 0 ? `${plural(count, 'change')} of its ${about}` : `${count} of its ${about}`,
  );
  return `${listed(parts)} ${span}`;
}
