import type { ExecuteCommandConfiguration } from '@aws-sdk/client-ecs';
import type { ExecState } from '../../exec-details.ts';
import { idOf, listed } from '../../words.ts';
import type { Step } from './step.ts';
import type { Seen } from './task-steps.ts';

/** What the answer shows: the steps, the command, and what nobody can see from here. */
export function execDetails(
  steps: readonly Step[],
  seen: Seen,
  running: number,
  cluster: ExecuteCommandConfiguration | undefined,
): ExecState {
  const { target, task, container } = seen;
  const id = idOf(task.taskArn);
  return {
    task: id,
    container,
    tasks: running,
    steps: steps.map(({ about, state, text }) => ({ about, state, text })),
    command: `aws ecs execute-command --cluster ${target.cluster} --task ${id} --container ${container} --interactive --command ${shellOf(seen)} --region ${target.region}`,
    caller: callerText(task.clusterArn ?? '', task.taskArn ?? '', cluster?.kmsKeyId),
    unseen: unseenOf(steps, seen, cluster),
  };
}

function isWindows({ task, definition }: Seen): boolean {
  return /windows/i.test(task.platformFamily ?? definition?.runtimePlatform?.operatingSystemFamily ?? '');
}

function shellOf(seen: Seen): string {
  return isWindows(seen) ? 'powershell.exe' : '/bin/sh';
}

/** The caller cannot be simulated: who types the command is not known here. */
function callerText(clusterArn: string, taskArn: string, key: string | undefined): string {
  const decrypts = key ? `, and kms:GenerateDataKey on ${key}` : '';
  return `ecs:ExecuteCommand on ${clusterArn} and ${taskArn}${decrypts}; the condition keys ecs:container-name and aws:ResourceTag narrow it; deny ssm:StartSession on tasks, or sessions begin past all of this`;
}

/** What may still be in the way where every step is met: the first that fits what the command says is worth a look. */
function unseenOf(
  steps: readonly Step[],
  seen: Seen,
  { logging, logConfiguration }: ExecuteCommandConfiguration = {},
): string[] {
  const shell = shellOf(seen);
  const image = isWindows(seen)
    ? `whether the image has ${shell}, and is no Nano Server, which Exec cannot enter`
    : `whether the image has ${shell} (one without any shell runs only programs that it has)`;
  const others = (seen.task.containers ?? []).flatMap(({ name }) =>
    name === undefined || name === seen.container ? [] : [name],
  );
  const bucket = logging === 'OVERRIDE' ? logConfiguration?.s3BucketName : undefined;
  const isBlocked = steps.some(({ state }) => state === 'blocked');
  return [
    image,
    ...(others.length > 0 ? [`whether another container is meant (${listed(others)})`] : []),
    "the caller's Session Manager plugin, profile, region and clock",
    'the quota of sessions',
    ...(bucket ? [`whether the bucket ${bucket} is there and takes the log`] : []),
    ...(isBlocked ? [] : ['an agent that ended since, for lack of memory or by its own update']),
  ];
}
