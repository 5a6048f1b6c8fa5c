import { defineCheck } from '../check.ts';
import { containerLogs } from '../facts/container-logs.ts';
import { tasks } from '../facts/tasks.ts';
import { listed } from '../words.ts';

/** Shows logs; judges nothing. */
export const logs = defineCheck({
  id: 'logs',
  question: 'what the containers wrote',
  needs: { containerLogs },
  wants: { tasks },
  judge(facts, { scope }) {
    const tails = facts.containerLogs;
    const known = facts.tasks?.ok ? facts.tasks.value : undefined;
    const none = tails.length === 0;
    const notes = [
      ...(none && scope.container !== undefined ? [`No task of it has a container ${scope.container}.`] : []),
      ...(none && known && known.stopped.length + known.running.length === 0
        ? ['It has no task now, and ECS knows no stopped one.']
        : []),
      ...(!none && known && known.forgotten.length > 0
        ? [
            'ECS has forgotten the task; where it logged is worked out from the revision that is deployed now.',
          ]
        : []),
    ];
    const written = tails.filter(({ lines }) => lines.length > 0);
    const answer =
      written.length > 0
        ? {
            state: 'healthy' as const,
            headline: `the last lines of ${listed([...new Set(written.map(({ container }) => container))])}`,
          }
        : { state: 'unknown' as const, headline: tails[0]?.missing ?? 'there is no log to read' };
    return { findings: [], details: { logs: tails, notes }, answer };
  },
});
