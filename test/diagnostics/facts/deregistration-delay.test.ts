import type { Service, Task } from '@aws-sdk/client-ecs';
import { expect, it } from 'vitest';
import type { FactContext } from '#diagnostics/fact.ts';
import { deregistrationDelay } from '#diagnostics/facts/deregistration-delay.ts';
import { deployment, read, running, service, tasksOf } from '../checks/facts.ts';

const groups = (...arns: string[]): Partial<Service> => ({
  loadBalancers: arns.map((targetGroupArn) => ({ targetGroupArn })),
});
const two = { deployments: [deployment(), deployment({ status: 'ACTIVE' })] };

const blueGreen: Partial<Service> = { ...two, deploymentConfiguration: { strategy: 'BLUE_GREEN' } };

function context(described: Partial<Service>, stopping: Task[]): FactContext {
  const attributes = { 'deregistration_delay.timeout_seconds': '120' };
  return {
    read: async ({ id }: { id: string }) => (id === 'service' ? service(described) : attributes),
    settle: async () => read(tasksOf([], [], { stopping })),
  } as unknown as FactContext;
}

it.each<[string, Partial<Service>, Task[], string[]]>([
  ['a deployment replaces tasks', { ...groups('a'), ...two }, [], ['a']],
  ['tasks stop, though one deployment alone is listed', groups('a', 'b'), [running()], ['a', 'b']],
  [
    'blue drains out of the other group',
    {
      ...blueGreen,
      loadBalancers: [{ targetGroupArn: 'a', advancedConfiguration: { alternateTargetGroupArn: 'b' } }],
    },
    [running()],
    ['a', 'b'],
  ],
  ['blue and green stand side by side', { ...groups('a'), ...blueGreen }, [], []],
  [
    'the groups are those of task sets',
    { taskSets: [{ loadBalancers: [{ targetGroupArn: 'a' }] }] },
    [running()],
    ['a'],
  ],
  ['nothing stops', groups('a'), [], []],
  ['there is no load balancer', two, [running()], []],
])('where %s, these groups are asked for', async (_, described, stopping, asked) => {
  const delays = await deregistrationDelay.load(context(described, stopping), undefined);
  expect(delays).toEqual(Object.fromEntries(asked.map((arn) => [arn, 120])));
});
