import type { ExecuteCommandConfiguration } from '@aws-sdk/client-ecs';
import type { ExecState } from '../../exec-details.ts';
import { idOf } from '../../words.ts';
import type { Step } from './step.ts';
import type { Seen } from './task-steps.ts';

/** What the answer shows: the steps, the command, and what nobody can see from here. */
export function execDetails(
  steps: readonly Step[],
  { target, task, container }: Seen,
  running: number,
  cluster: ExecuteCommandConfiguration | undefined,
): ExecState {
  const id = idOf(task.taskArn);
  return {
    task: id,
    container,
    tasks: running,
    steps: steps.map(({ about, state, text }) => ({ about, state, text })),
    command: `aws ecs execute-command --cluster ${target.cluster} --task ${id} --container ${container} --interactive --command /bin/sh --region ${target.region}`,
    caller: callerText(task.clusterArn ?? '', task.taskArn ?? '', cluster?.kmsKeyId),
    unseen: [
      'whether the image has /bin/sh',
      "the caller's Session Manager plugin, profile and clock",
      'the quota of sessions',
      ...(steps.every(({ state }) => state !== 'blocked') ? ['an agent killed for lack of memory'] : []),
    ],
  };
}

/** The caller cannot be simulated: who types the command is not known here. */
function callerText(clusterArn: string, taskArn: string, key: string | undefined): string {
  const decrypts = key ? `, and kms:GenerateDataKey on ${key}` : '';
  return `ecs:ExecuteCommand on ${clusterArn} and ${taskArn}${decrypts}; ecs:container-name and aws:ResourceTag narrow it, and a denied ssm:StartSession leaves no other way in`;
}
