import { defineCheck, type JudgeContext, type Outcome } from '../check.ts';
import { crashLogs } from '../facts/crash-logs.ts';
import { service } from '../facts/service.ts';
import { serviceDeployments } from '../facts/service-deployments.ts';
import { deployedTaskDefinitions, taskDefinitions } from '../facts/task-definitions.ts';
import { type Tasks, tasks } from '../facts/tasks.ts';
import type { Target } from '../report.ts';
import { plural } from '../words.ts';
import { judgeStops } from './stops/judge-stops.ts';

/** Why the target's tasks stopped, from what ECS still knows of them: about an hour. */
export const stoppedTasks = defineCheck({
  id: 'stopped-tasks',
  question: 'why tasks stopped',
  needs: { tasks },
  wants: { service, serviceDeployments, taskDefinitions, deployedTaskDefinitions, crashLogs },
  judge(facts, context) {
    const { stopped, stopping, running, forgotten, listed, looked, complete } = facts.tasks;
    const described = facts.service?.ok ? facts.service.value : undefined;
    const deployed = facts.deployedTaskDefinitions?.ok ? facts.deployedTaskDefinitions.value : {};
    const outcome = judgeStops(
      {
        stopped,
        running,
        service: described,
        history: facts.serviceDeployments?.ok ? facts.serviceDeployments.value : undefined,
        definitions: facts.taskDefinitions?.ok ? facts.taskDefinitions.value : deployed,
        logs: facts.crashLogs?.ok ? facts.crashLogs.value : [],
      },
      context,
    );
    const short = (described?.runningCount ?? 0) < (described?.desiredCount ?? 0);
    const isAlive = context.target.task !== undefined && running.length + stopping.length > 0;
    const nothingLeft =
      forgotten.length > 0 ||
      reachesBack(context) ||
      (stopped.length === 0 &&
        !isAlive &&
        context.scope.deployment !== true &&
        (short || context.target.service === undefined));
    const notes = [
      ...(listed > looked ? [`Looked at ${looked} of ${plural(listed, 'stopped task')}.`] : []),
      ...(complete ? [] : ['There are more stopped tasks than were listed; the rest is not counted.']),
    ];
    return {
      ...outcome,
      details: { ...outcome.details, notes },
      answer: stopped.length === 0 ? answerWithoutStop(context.target, facts.tasks) : undefined,
      next: nothingLeft ? ['expired-stops'] : [],
    };
  },
});

/** Milliseconds for which ECS keeps stopped tasks, as good as always. */
const ecsRemembers = 3_600_000;

/** Somebody asks for stops of before the hour that ECS remembers, whatever has stopped within it. */
function reachesBack({ target, scope: { since, now } }: JudgeContext): boolean {
  return target.task === undefined && since !== undefined && now.getTime() - since.getTime() > ecsRemembers;
}

/** What somebody asked about may be gone, alive or elsewhere: none of these is "nothing stopped". */
function answerWithoutStop({ task, family, service: name }: Target, known: Tasks): Outcome['answer'] {
  const [alive] = [...known.stopping, ...known.running];
  if (task === undefined) {
    if (family === undefined || alive) return undefined;
    return { state: 'unknown', headline: 'ECS knows no task of the family, running or stopped' };
  }
  if (known.forgotten.length > 0)
    return { state: 'unknown', headline: 'ECS has forgotten the task and no longer says why it stopped' };
  if (!alive && name !== undefined)
    return { state: 'unknown', headline: `task ${task.slice(0, 8)} is not one of its tasks` };
  if (!alive) return { state: 'unknown', headline: 'ECS did not answer for this task' };
  const asked = alive.desiredStatus === 'STOPPED' ? 'is being stopped' : 'has not stopped';
  return { state: 'healthy', headline: `the task ${asked}, it is ${alive.lastStatus}` };
}
