import { folded } from '../changes/fold.ts';
import { moments } from '../changes/moments.ts';
import { spelled } from '../changes/spelled.ts';
import { failedOf, unreadThings, unreadWords } from '../changes/unread.ts';
import { defineCheck, type Outcome } from '../check.ts';
import { readOf } from '../fact.ts';
import { type ChangeBase, changeBase } from '../facts/changes/change-base.ts';
import { changedThings } from '../facts/changes/changed-things.ts';
import { crashLogs } from '../facts/crash-logs.ts';
import { deploymentAlarms } from '../facts/deployment-alarms.ts';
import { scalingAlarms, serviceScalingActivities } from '../facts/perf/scaling.ts';
import { plural } from '../words.ts';

/** What happened, in one order. */
export const timelineCheck = defineCheck({
  id: 'timeline',
  question: 'what happened in which order',
  needs: { changeBase },
  wants: { changedThings, serviceScalingActivities, deploymentAlarms, scalingAlarms, crashLogs },
  judge(facts, { scope, target }): Outcome {
    if (target.service === undefined)
      return { findings: [], answer: { state: 'unknown', headline: 'only a service has a timeline' } };
    const base = facts.changeBase;
    const from = scope.since ?? beginning(base, scope.now);
    const all = moments({
      base,
      things: readOf(facts.changedThings),
      scaling: readOf(facts.serviceScalingActivities),
      alarms: readOf(facts.deploymentAlarms),
      scalingAlarms: readOf(facts.scalingAlarms),
      logs: readOf(facts.crashLogs),
    });
    const rows = folded(
      all.filter(({ at }) => Date.parse(at) >= from.getTime() && Date.parse(at) <= scope.now.getTime()),
    );
    const notChecked = [...base.notChecked, ...unreadThings(readOf(facts.changedThings))];
    const unread = [
      ...notChecked.map(({ check }) => check),
      ...failedOf([
        [changedThings.what, facts.changedThings],
        [serviceScalingActivities.what, facts.serviceScalingActivities],
        [deploymentAlarms.what, facts.deploymentAlarms],
        [scalingAlarms.what, facts.scalingAlarms],
        [crashLogs.what, facts.crashLogs],
      ]),
    ];
    const since = `since ${spelled(from, scope.now)}`;
    const entries = plural(rows.length, 'entry').replace('entrys', 'entries');
    return {
      findings: [],
      details: { timeline: { from: from.toISOString(), to: scope.now.toISOString(), rows } },
      answer:
        unread.length > 0
          ? {
              state: 'unknown',
              headline: `could not tell all that happened: ${entries} ${since}${unreadWords(unread)}`,
            }
          : {
              state: 'healthy',
              headline:
                rows.length === 0
                  ? `nothing happened ${since}`
                  : `${entries} ${since}, and nothing that fails`,
            },
      notChecked,
    };
  },
});

const day = 86_400_000;
/** What led to a change or a failure stands shortly before it. */
const lead = 15 * 60_000;

/** Shortly before the change or the failure that the story is about; a day of a service that nothing happened to. */
function beginning({ compared, history, definitions }: ChangeBase, now: Date): Date {
  const registered = definitions[compared.after.definition ?? '']?.registeredAt;
  const deployed = history[0]?.startedAt ?? history[0]?.createdAt;
  if (!compared.failing) return new Date(now.getTime() - day);
  const times = [compared.to, registered, deployed]
    .filter((time) => time !== undefined)
    .map((time) => time.getTime())
    // A revision of last month did not begin what fails today.
    .filter((time) => compared.to.getTime() - time < day);
  return new Date(Math.min(...times) - lead);
}
