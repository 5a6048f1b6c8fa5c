import { describeTask } from '../../by-hand.ts';
import { explain } from '../../explain.ts';
import { findingOf, namesFor } from '../../findings.ts';
import { shortTask } from '../../health/join.ts';
import type { Finding } from '../../report.ts';
import { cut, plural } from '../../words.ts';
import { isUp, type Picture } from './picture.ts';

/** Running tasks whose own check fails now; those that were stopped for it are told by their stops. */
export function containerFindings({ service, tasks, definitions, containers, context }: Picture): Finding[] {
  const sick = (tasks?.running ?? []).filter((task) => isUp(task) && task.healthStatus === 'UNHEALTHY');
  const byContainer = Map.groupBy(
    sick.flatMap((task) =>
      (task.containers ?? [])
        .filter(({ healthStatus }) => healthStatus === 'UNHEALTHY')
        .map(({ name = '' }) => ({ task, name })),
    ),
    ({ name }) => name,
  );
  return [...byContainer].flatMap(([name, found]) => {
    const [first] = found;
    if (!first) return [];
    const definition = definitions[first.task.taskDefinitionArn ?? ''];
    const defined = definition?.containerDefinitions?.find((one) => one.name === name);
    const [explanation] = explain({
      where: 'task.stoppedReason',
      text: 'Task failed container health checks',
      context: {
        healthCheckCommand: defined?.healthCheck?.command,
        otherContainers: (first.task.containers ?? []).map((one) => ({
          name: one.name ?? '',
          healthStatus: one.healthStatus,
        })),
      },
    });
    const check = containers.find(({ container }) => container === name);
    if (!explanation) return [];
    const hints = check && check.hints.length > 0 ? ` To look at: ${check.hints.join('; ')}.` : '';
    const command = check === undefined ? '' : ` “${cut(check.command, 120)}”`;
    return [
      findingOf(
        explanation,
        namesFor(context.target, { service, task: first.task, definition, container: name }),
        {
          subject: service.serviceArn,
          summary: `The health command of ${name}${command} fails in ${plural(found.length, 'running task')}${check ? `; a task that never passes counts as unhealthy after ${check.seconds} s` : ''}. ECS keeps no output of it.${hints}`,
          count: found.length,
          evidence: [
            {
              api: 'ecs:DescribeTasks',
              field: 'tasks[].containers[].healthStatus',
              value: `${name} UNHEALTHY in task ${shortTask(first.task).slice(0, 8)}`,
              cli: describeTask(context.target, shortTask(first.task)),
            },
          ],
        },
      ),
    ];
  });
}
