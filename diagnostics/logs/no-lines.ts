import type { LogGroup } from '@aws-sdk/client-cloudwatch-logs';
import type { Task, TaskDefinition } from '@aws-sdk/client-ecs';
import type { LogTail } from '../report.ts';
import { stopTime } from '../stop-time.ts';
import { exitCode, readStop } from '../stops.ts';
import { duration, idOf, plural } from '../words.ts';

export interface NoLines {
  task: Task;
  definition: TaskDefinition | undefined;
  container: string;
  place: { group: string; stream: string; region: string };
  /** Whether the stream is there, and empty. */
  isThere: boolean;
  /** CloudWatch says that the group is not there. */
  isGroupMissing: boolean;
  group: LogGroup | 'none' | 'unknown';
  /** When the events spoke of a task that ECS has forgotten. Milliseconds. */
  spokenOf: number | undefined;
  since: Date | undefined;
  now: Date;
}

type Why = Pick<LogTail, 'missing' | 'why'>;

const day = 86_400_000;

/** Why there are no lines, with the proof; where two answers are left, both are said. */
export function whyNoLines(about: NoLines): Why {
  return notCreated(about) ?? (about.isThere ? emptyStream(about) : noStream(about));
}

/** AWS's own words of the stop name what was refused; a group that is missing speaks for itself. */
function notCreated({ task, definition, container, place, isGroupMissing, group }: NoLines): Why | undefined {
  if (task.lastStatus === 'STOPPED') {
    const definitions = definition?.taskDefinitionArn ? { [definition.taskDefinitionArn]: definition } : {};
    const [{ cause, names }] = readStop(task, definitions).explanations;
    const text = `${task.stoppedReason ?? ''} ${task.containers?.map(({ reason }) => reason ?? '').join(' ')}`;
    if (cause.startsWith('logs-')) {
      const [, role] = /assumed-role\/([\w+=,.@-]+)\//.exec(text) ?? [];
      const [, action = names.action] = /not authorized to perform: (logs:\w+)/.exec(text) ?? [];
      const who = role ?? (idOf(definition?.executionRoleArn) || 'the execution role');
      const why =
        cause === 'logs-permission-denied' && action !== undefined
          ? `${who} lacks ${action} on ${place.group}`
          : cause === 'logs-group-missing'
            ? `the log group ${place.group} does not exist in ${place.region}`
            : `its log driver failed (${cause})`;
      return {
        missing: `the stream could not be created: ${why}, as the reason of the stop says`,
        why: 'not-created',
      };
    }
  }
  if (!isGroupMissing && group !== 'none') return undefined;
  const creates = optionOf(definition, container, 'awslogs-create-group') === 'true';
  const right = creates
    ? `; awslogs-create-group is on, for which ${idOf(definition?.executionRoleArn) || 'the execution role'} needs logs:CreateLogGroup`
    : '';
  return {
    missing: `the stream could not be created, or is gone with its group: there is no log group ${place.group} in ${place.region}${right}`,
    why: 'not-created',
  };
}

/** The log driver makes the stream as the container starts, before the process writes. */
function emptyStream({ task, container, group, spokenOf, since, now }: NoLines): Why {
  const kept = keptOf(group);
  const began = (task.startedAt ?? task.createdAt)?.getTime() ?? spokenOf;
  const ended = stopTime(task) || undefined;
  const window = since === undefined ? '' : ` since ${since.toISOString()}`;
  if (kept === undefined) {
    return {
      missing: `the stream is there and holds no line${window}: the process wrote nothing, or what it wrote has expired (how long ${nameOf(group)} keeps lines could not be read)`,
      why: 'unclear',
    };
  }
  if (kept === Number.POSITIVE_INFINITY || (began !== undefined && now.getTime() - began < kept)) {
    const age =
      began === undefined ? '' : `, longer than the task is old (${duration(now.getTime() - began)})`;
    const keeps =
      kept === Number.POSITIVE_INFINITY
        ? 'the group keeps lines for ever'
        : `the group keeps lines for ${days(kept)}${age}`;
    if (since !== undefined && (began === undefined || began < since.getTime())) {
      return { missing: `no line${window} in ${container}’s stream; ${keeps}`, why: 'no-match' };
    }
    return {
      missing: `the process wrote nothing${window}: ${container}’s stream was created and is empty, and ${keeps}`,
      why: 'nothing-written',
    };
  }
  const last = ended ?? spokenOf;
  if (last !== undefined && now.getTime() - last > kept) {
    return {
      missing: `expired by retention: the group keeps lines for ${days(kept)}, and the task ended ${duration(now.getTime() - last)} ago`,
      why: 'expired',
    };
  }
  if (began !== undefined && ended === undefined) {
    return {
      missing: `the process has written nothing for ${days(kept)}, for which the group keeps lines; the task has run for ${duration(now.getTime() - began)}, and what it wrote before has expired by retention`,
      why: 'expired',
    };
  }
  return {
    missing: `the stream is there and holds no line${window}: the process wrote nothing, or the task is older than the ${days(kept)} that the group keeps lines for`,
    why: 'unclear',
  };
}

function noStream({ task, container, place, group, spokenOf, now }: NoLines): Why {
  const isKnown = task.lastStatus !== undefined;
  const code = exitCode(task, container);
  const ran = task.startedAt !== undefined || code !== undefined;
  if (isKnown && !ran) {
    const state =
      task.lastStatus === 'STOPPED'
        ? `the task stopped before it had started${task.stopCode === undefined ? '' : ` (${task.stopCode})`}`
        : `the task is ${task.lastStatus}`;
    return {
      missing: `${container} never started, so it wrote nothing and has no stream: ${state}`,
      why: 'not-started',
    };
  }
  const kept = keptOf(group);
  const last = stopTime(task) || spokenOf;
  if (!isKnown && last !== undefined && kept !== undefined && now.getTime() - last > kept) {
    return {
      missing: `expired by retention: the group keeps lines for ${days(kept)}, and the task was last spoken of ${duration(now.getTime() - last)} ago`,
      why: 'expired',
    };
  }
  if (isKnown) {
    return {
      missing: `there is no stream ${place.stream}, though ${container} ran and awslogs creates it as a container starts: it has been deleted, or the revision logged elsewhere`,
      why: 'unclear',
    };
  }
  const keeps =
    kept === undefined || kept === Number.POSITIVE_INFINITY
      ? ''
      : ` (the group keeps lines for ${days(kept)})`;
  return {
    missing: `there is no stream ${place.stream}: either its container never started, or the stream could not be created, or the task is older than its log is kept${keeps}`,
    why: 'unclear',
  };
}

/** Milliseconds; infinite where lines are kept for ever, undefined where it could not be read. */
function keptOf(group: NoLines['group']): number | undefined {
  if (group === 'unknown' || group === 'none') return undefined;
  return group.retentionInDays === undefined ? Number.POSITIVE_INFINITY : group.retentionInDays * day;
}

function nameOf(group: NoLines['group']): string {
  return typeof group === 'string' ? 'its group' : (group.logGroupName ?? 'its group');
}

function days(ms: number): string {
  return plural(Math.round(ms / day), 'day');
}

function optionOf(
  definition: TaskDefinition | undefined,
  container: string,
  option: string,
): string | undefined {
  const defined = definition?.containerDefinitions?.find(({ name }) => name === container);
  return defined?.logConfiguration?.options?.[option];
}
