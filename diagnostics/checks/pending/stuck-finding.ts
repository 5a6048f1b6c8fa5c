import type { Service } from '@aws-sdk/client-ecs';
import { describeContainerInstances, describeTask, getLogEvents } from '../../by-hand.ts';
import type { JudgeContext } from '../../check.ts';
import type { Explanation } from '../../explain.ts';
import { taskId } from '../../facts/log-location.ts';
import type { TaskDefinitions } from '../../facts/task-definitions.ts';
import { findingOf, namesFor } from '../../findings.ts';
import { elapsed, type Phase } from '../../pending/phases.ts';
import type { Evidence, Finding, LogTail, Target } from '../../report.ts';
import { cut, duration, plural, revisionOf } from '../../words.ts';
import { blockInWords, logOf, type Waiting } from './waiting.ts';

interface Known {
  context: JudgeContext;
  service: Service | undefined;
  definitions: TaskDefinitions;
  logs: readonly LogTail[];
}

/** What tasks that are stuck in one way amount to; they are given longest first. */
export function stuckFinding(stuck: readonly [Waiting, ...Waiting[]], known: Known): Finding {
  const [first] = stuck;
  const { task, block } = first;
  const { target, scope } = known.context;
  const definition = known.definitions[task.taskDefinitionArn ?? ''];
  const cause = causeOf(first);
  const names = namesFor(target, { service: known.service, task, definition, container: block?.container });
  return findingOf({ severity: 'error', owner: 'operator', names: {}, why: '', ...cause }, names, {
    subject: known.service?.serviceArn ?? task.taskArn,
    summary: summaryOf(stuck, scope.now, known.logs),
    count: stuck.length,
    firstAt: first.station.since?.toISOString(),
    evidence: evidenceOf(first, target, known.logs),
  });
}

type Judged = Pick<Explanation, 'cause' | 'status'> & Partial<Explanation>;

function causeOf({ task, station, block, instance }: Waiting): Judged {
  if (instance?.agentConnected === false)
    return { cause: 'capacity-agent-disconnected', status: 'confirmed' };
  if (block) return causeOfBlock(block);
  const byPhase: Record<Phase, Judged> = {
    placement: { cause: 'placement-waiting', status: 'confirmed' },
    network: {
      cause: 'eni-provision-timeout',
      status: 'likely',
      decide: 'the free addresses of its subnet, and CreateNetworkInterface in CloudTrail',
    },
    volume: {
      cause: 'ebs-attach-failed',
      status: 'likely',
      decide: `aws ecs describe-tasks --tasks ${taskId(task)}, attachments[].details`,
    },
    init: {
      cause: 'init-stuck',
      status: 'confirmed',
      decide: 'the text that ECS writes when the try gives up, minutes from its start',
    },
    pull: { cause: 'pull-slow', status: 'confirmed' },
    create: { cause: 'create-stuck', status: 'confirmed' },
    activation: {
      cause: 'elb-registering',
      status: 'open',
      severity: 'warn',
      decide: 'the health of its targets',
    },
  };
  return byPhase[station.phase];
}

function causeOfBlock(block: NonNullable<Waiting['block']>): Judged {
  const names = { container: block.container };
  if (block.reason === 'still-running') {
    return {
      cause: 'init-container-slow',
      status: 'open',
      severity: 'warn',
      names,
      decide: `the log of ${block.container}: whether it works or hangs`,
    };
  }
  if (block.reason === 'failed') {
    const code = block.exitCode?.toString();
    const exited = code === undefined ? names : { ...names, exitCode: code };
    return { cause: 'dependency-failed', status: 'confirmed', names: exited };
  }
  if (block.reason === 'not-started') return { cause: 'create-stuck', status: 'confirmed', names };
  const sure = block.reason !== 'not-healthy-yet';
  return {
    cause: 'dependency-unhealthy',
    status: sure ? 'confirmed' : 'likely',
    names,
    ...(!sure && { decide: `the health status of ${block.container} once its start period is over` }),
  };
}

function summaryOf(
  [first, ...others]: readonly [Waiting, ...Waiting[]],
  now: Date,
  logs: readonly LogTail[],
): string {
  const { task, station, normal, block, instance } = first;
  const count = others.length + 1;
  const who = count === 1 ? `Task ${taskId(task).slice(0, 8)}` : plural(count, 'task');
  const verb = count === 1 ? 'has' : 'have';
  const since = duration(elapsed(station, now) * 1000);
  const usual =
    normal.median === undefined
      ? ''
      : `; usually that takes ${duration(Math.max(1, normal.median) * 1000)} (${normal.samples} tasks)`;
  const revision = revisionOf(task.taskDefinitionArn);
  if (instance?.agentConnected === false) {
    return `${who} of ${revision} ${verb} waited ${since} on ${instance.ec2InstanceId ?? 'an instance'}, whose agent is disconnected.`;
  }
  if (block) {
    const ground =
      block.reason === 'still-running' ? groundOf(logOf(task, block.container, logs), block, now) : '';
    return `${who} of ${revision} ${verb} waited ${since}: ${blockInWords(block)}${ground}.`;
  }
  const attachment = station.attachment === undefined ? '' : `, still ${station.attachment}`;
  return `${who} of ${revision} ${verb} ${standing(first, since)}${attachment}${usual}.`;
}

/** What a container that still runs is called slow by: its silence, or time alone. */
function groundOf(log: LogTail | undefined, { container }: NonNullable<Waiting['block']>, now: Date): string {
  if (!log) return `; the log of ${container} was not read, so time alone speaks`;
  const last = log.lines.at(-1)?.at;
  if (last === undefined)
    return `; nothing in the log of ${container}${log.missing ? `: ${log.missing}` : ''}`;
  return `; ${container} last wrote ${duration(now.getTime() - Date.parse(last))} ago`;
}

function standing(waiting: Waiting, since: string): string {
  const subnet = subnetOf(waiting);
  const said: Record<Phase, string> = {
    placement: `waited ${since} for an instance`,
    network: `waited ${since} for a network interface${subnet === undefined ? '' : ` in ${subnet}`}`,
    volume: `waited ${since} for a volume`,
    init: `not begun to pull ${since} after the network was there: registry login, secrets, environment files or logging hang`,
    pull: `pulled images for ${since}`,
    create: `had all images for ${since} and not started`,
    activation: `been registering for ${since}`,
  };
  return said[waiting.station.phase];
}

/** The subnet that ECS chose for the task's interface. */
export function subnetOf({ task }: Pick<Waiting, 'task'>): string | undefined {
  const details = task.attachments?.flatMap((attachment) => attachment.details ?? []);
  return details?.find(({ name }) => name === 'subnetId')?.value;
}

function evidenceOf(
  { task, station, block, instance }: Waiting,
  target: Target,
  logs: readonly LogTail[],
): Evidence[] {
  const id = taskId(task);
  const cli = describeTask(target, id);
  const at = station.since?.toISOString();
  const api = 'ecs:DescribeTasks';
  const log = block && logOf(task, block.container, logs);
  const line = log?.lines.at(-1);
  return [
    { api, field: 'tasks[0].lastStatus', value: task.lastStatus ?? 'unknown', at, cli },
    ...(station.attachment === undefined
      ? []
      : [{ api, field: 'tasks[0].attachments[].status', value: station.attachment, at, cli }]),
    ...(block
      ? [
          {
            api: 'ecs:DescribeTaskDefinition',
            field: `containerDefinitions[${block.waiting[0] ?? ''}].dependsOn`,
            value: `${block.container} ${block.condition}`,
          },
        ]
      : []),
    ...(instance
      ? [
          {
            api: 'ecs:DescribeContainerInstances',
            field: 'containerInstances[0].agentConnected',
            value: String(instance.agentConnected),
            cli: describeContainerInstances(target, [instance.containerInstanceArn ?? '']),
          },
        ]
      : []),
    ...(log?.group && log.stream && line
      ? [
          {
            api: 'logs:GetLogEvents',
            field: 'events[].message',
            value: cut(line.message, 300) || '(an empty line)',
            at: line.at,
            cli: getLogEvents(target, log.group, log.stream),
          },
        ]
      : []),
  ];
}
