import { changeRows, versionNames } from '../changes/rows.ts';
import { spelled } from '../changes/spelled.ts';
import type { Happening } from '../changes-details.ts';
import { defineCheck, type Outcome } from '../check.ts';
import { changeBase } from '../facts/changes/change-base.ts';
import { changeCalls } from '../facts/changes/change-calls.ts';
import { type ChangedThings, changedThings } from '../facts/changes/changed-things.ts';
import { serviceScalingActivities } from '../facts/perf/scaling.ts';
import type { NotChecked } from '../report.ts';
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
    const things = facts.changedThings?.ok ? facts.changedThings.value : undefined;
    const calls = facts.changeCalls?.ok ? facts.changeCalls.value : undefined;
    const rows = changeRows({
      base,
      things,
      scaling: facts.serviceScalingActivities?.ok ? facts.serviceScalingActivities.value : undefined,
      calls,
    });
    const { from, to, why } = base.compared;
    const notChecked = [...base.notChecked, ...unread(things)];
    const changed = rows.filter(({ about }) => about !== 'call');
    const span = `between ${spelled(from, scope.now)} and ${spelled(to, scope.now)}`;
    const nothing = `nothing changed ${span}`;
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
      },
      answer:
        changed.length === 0 && notChecked.length > 0
          ? { state: 'unknown', headline: `no change was seen ${span}, and not everything could be read` }
          : { state: 'healthy', headline: changed.length === 0 ? nothing : inShort(changed, span) },
      notChecked,
    };
  },
});

function unread(things: ChangedThings | undefined): NotChecked[] {
  if (!things) return [];
  const { secrets, images, instances } = things;
  const parts = [...secrets.map(({ secret }) => secret), ...images.map(({ state }) => state), instances];
  return parts.flatMap((part) => (part.ok ? [] : [part.notChecked]));
}

/** `3 changes of the task definition and 1 of a secret between … and …` */
function inShort(rows: readonly Happening[], span: string): string {
  const counts = new Map<string, number>();
  for (const { about, count } of rows) counts.set(about, (counts.get(about) ?? 0) + count);
  const parts = [...counts].map(([about, count], index) =>
    index === 0 ? `${plural(count, 'change')} of its ${about}` : `${count} of its ${about}`,
  );
  return `${listed(parts)} ${span}`;
}
