import { defineCheck } from '../check.ts';
import { crashLogs } from '../facts/crash-logs.ts';
import { service } from '../facts/service.ts';
import { taskDefinitions } from '../facts/task-definitions.ts';
import { tasks } from '../facts/tasks.ts';
import { plural } from '../words.ts';
import { judgeStops } from './stops/judge-stops.ts';

/** Why the target's tasks stopped, from what ECS still knows of them: about an hour. */
export const stoppedTasks = defineCheck({
  id: 'stopped-tasks',
  question: 'why tasks stopped',
  needs: { tasks },
  wants: { service, taskDefinitions, crashLogs },
  judge(facts, context) {
    const { stopped, running, forgotten, listed, looked, complete } = facts.tasks;
    const described = facts.service?.ok ? facts.service.value : undefined;
    const outcome = judgeStops(
      {
        stopped,
        running,
        service: described,
        definitions: facts.taskDefinitions?.ok ? facts.taskDefinitions.value : {},
        logs: facts.crashLogs?.ok ? facts.crashLogs.value : [],
      },
      context,
    );
    const short = (described?.runningCount ?? 0) < (described?.desiredCount ?? 0);
    const nothingLeft =
      forgotten.length > 0 ||
      (stopped.length === 0 &&
        context.scope.deployment !== true &&
        (short || context.target.service === undefined));
    const notes = [
      ...(listed > looked ? [`Looked at ${looked} of ${plural(listed, 'stopped task')}.`] : []),
      ...(complete ? [] : ['There are more stopped tasks than were listed; the rest is not counted.']),
    ];
    return {
      ...outcome,
      details: {
        ...outcome.details,
        notes,
        ...(stopped.length > 0 && { source: 'ECS itself still knows these tasks (DescribeTasks).' }),
      },
      next: nothingLeft ? ['expired-stops'] : [],
    };
  },
});
