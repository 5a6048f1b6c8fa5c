import type { ExecuteCommandConfiguration } from '@aws-sdk/client-ecs';
import type { ExecState } from '../../exec-details.ts';
import type { Step } from './step.ts';
import type { Seen } from './task-steps.ts';

/** What the answer shows: the steps, the command, and what nobody can see from here. */
export function execDetails(
  steps: readonly Step[],
  { target, task, container }: Seen,
  running: number,
  cluster: ExecuteCommandConfiguration | undefined,
): ExecState {
  const id = task.taskArn?.split('/').at(-1) ?? '';
  return {
    task: id,
    container,
    tasks: running,
    steps: steps.map(({ about, state, text }) => ({ about, state, text })),
    command: `aws ecs execute-command --cluster ${target.cluster} --task ${id} --container ${container} --interactive --command /bin/sh --region ${target.region}`,
    caller: callerText(task.clusterArn ?? '', task.taskArn ?? '', cluster?.kmsKeyId),
    unseen: [
      'whether the image has the shell that is called: try another program where /bin/sh is missing',
      "the caller's Session Manager plugin, profile, region and clock",
      'the quota of sessions, and a proxy between the caller and AWS',
      ...(steps.every(({ state }) => state !== 'blocked')
        ? ['an agent that was killed because the task has little memory']
        : []),
    ],
  };
}

/** The caller cannot be simulated: who types the command is not known here. */
function callerText(clusterArn: string, taskArn: string, key: string | undefined): string {
  const decrypts = key ? `, and kms:GenerateDataKey on ${key}` : '';
  return `ecs:ExecuteCommand on ${clusterArn} and ${taskArn}${decrypts}; the condition keys ecs:container-name and aws:ResourceTag narrow it, and denying ssm:StartSession keeps everybody on this way`;
}
