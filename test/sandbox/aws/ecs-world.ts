import { ECSClient, type Service, type Task, type TaskDefinition } from '@aws-sdk/client-ecs';
import { onTestFinished } from 'vitest';
import type { World } from '#sandbox/aws/world.ts';
import { account, arn, clientConfig, cluster, start } from './small-world.ts';

export const clusterArn = arn('ecs', `cluster/${cluster}`);

export function service(name: string, more: Partial<Service> = {}): Service {
  return {
    serviceName: name,
    serviceArn: arn('ecs', `service/${cluster}/${name}`),
    clusterArn,
    status: 'ACTIVE',
    ...more,
  };
}

export function task(id: number, more: Partial<Task> = {}): Task {
  return {
    taskArn: arn('ecs', `task/${cluster}/${String(id).padStart(32, '0')}`),
    clusterArn,
    desiredStatus: 'RUNNING',
    lastStatus: 'RUNNING',
    group: 'service:api',
    taskDefinitionArn: arn('ecs', 'task-definition/api:7'),
    ...more,
  };
}

export function definition(
  family: string,
  revision: number,
  more: Partial<TaskDefinition> = {},
): TaskDefinition {
  const taskDefinitionArn = arn('ecs', `task-definition/${family}:${revision}`);
  return { taskDefinitionArn, family, revision, status: 'ACTIVE', ...more };
}

export function times<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

export async function ecsWith(world: Partial<World>): Promise<ECSClient> {
  const sandbox = account(world);
  const endpoint = await start({ accounts: [sandbox] });
  const client = new ECSClient(await clientConfig(endpoint, sandbox));
  onTestFinished(() => client.destroy());
  return client;
}
