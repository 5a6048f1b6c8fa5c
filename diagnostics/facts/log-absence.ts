import type { LogGroup } from '@aws-sdk/client-cloudwatch-logs';
import type { Task } from '@aws-sdk/client-ecs';
import type { FactContext, FactFailure, Settled } from '../fact.ts';
import { insightsLink } from '../logs/console-links.ts';
import { whyNoLines } from '../logs/no-lines.ts';
import { logGroup } from './access/log-group.ts';
import { readByInsights } from './log-refusal.ts';
import type { LogTasks } from './log-tasks.ts';
import { notCheckedOf } from './read.ts';
import type { Absence } from './read-log.ts';
import { tasks } from './tasks.ts';

/** With its times, where only its id was needed so far. */
async function known(context: FactContext, task: Task): Promise<{ task: Task; failure?: FactFailure }> {
  if (task.lastStatus === undefined || task.createdAt !== undefined) return { task };
  const all = await context.settle(tasks);
  if (!all.ok) return { task, failure: all.failure };
  return { task: all.value.running.find(({ taskArn }) => taskArn === task.taskArn) ?? task };
}

/**
 * Why a container's log holds nothing, proven where it can be: the process wrote nothing, the stream could not be
 * created, or the lines have expired. Costs a look at the log group, which knows how long it keeps lines.
 */
export function absenceOf(context: FactContext, task: Task, { definitions, spokenOf }: LogTasks): Absence {
  const { scope, target } = context;
  return async ({ tail, place, error }) => {
    if (scope.errors === true && tail.missing !== undefined) return {};
    if (error !== undefined && error.name !== 'ResourceNotFoundException') {
      const link = insightsLink(place.region ?? target.region, place.group);
      return { missing: readByInsights(place.group, error), why: 'log-class', ...(link && { link }) };
    }
    if (error === undefined && scope.filter !== undefined) {
      const far = tail.truncated === true ? ', as far as was searched; --since narrows the search' : '';
      return { missing: `no line holds “${scope.filter}”${far}`, why: 'no-match' };
    }
    if (error === undefined && tail.truncated === true) {
      return {
        missing:
          'no line was found: CloudWatch gave empty pages only, and had not come to the end of the stream',
        why: 'unclear',
      };
    }
    const group: Settled<LogGroup | undefined> = await context.settle(logGroup, {
      name: place.group,
      region: place.region ?? target.region,
    });
    const whole = await known(context, task);
    const why = whyNoLines({
      task: whole.task,
      definition: definitions[task.taskDefinitionArn ?? ''],
      container: tail.container,
      place: { ...place, region: place.region ?? target.region },
      isThere: error === undefined,
      isGroupMissing: error !== undefined && /group/i.test(error.message),
      group: group.ok ? (group.value ?? 'none') : 'unknown',
      spokenOf: spokenOf[tail.task],
      since: scope.since,
      now: scope.now,
    });
    // Nobody finds anything at the address of a stream that is not there.
    const shown = error === undefined ? why : { ...why, link: undefined };
    const unread = [
      ...(group.ok ? [] : [notCheckedOf(`the log group ${place.group}`, group.failure)]),
      ...(whole.failure ? [notCheckedOf('since when the task runs', whole.failure)] : []),
    ];
    return unread.length === 0 ? shown : { ...shown, unread };
  };
}
