import type { GetTaskProtectionRequest, GetTaskProtectionResponse } from '@aws-sdk/client-ecs';
import type { Account } from '../world.ts';
import { described, findCluster, findMember, invalid, memberArn, memberResource } from './ecs-names.ts';
import { type Operation, overWorld } from './operation.ts';

export const taskProtectionOperations: Record<string, Operation> = {
  GetTaskProtection: overWorld(getTaskProtection, (input, account) =>
    memberResource(account, 'task', input.cluster, input.tasks?.[0]),
  ),
};

const mostTasks = 100;

function getTaskProtection(input: GetTaskProtectionRequest, account: Account): GetTaskProtectionResponse {
  const cluster = findCluster(account, input.cluster);
  const asked = input.tasks ?? [];
  if (asked.length > mostTasks) throw invalid(`tasks can have at most ${mostTasks} items.`);
  const arns = asked.map((task) => memberArn(account, cluster, 'task', task));
  const { found, failures } = described(arns, (arn) =>
    findMember(account.world.tasks, (task) => task.taskArn, arn),
  );
  const protection = account.world.taskProtection ?? {};
  return {
    protectedTasks: found.map(({ taskArn = '' }) => ({
      taskArn,
      protectionEnabled: taskArn in protection,
      expirationDate: protection[taskArn],
    })),
    failures,
  };
}
