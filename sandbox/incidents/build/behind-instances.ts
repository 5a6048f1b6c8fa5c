import type { ContainerInstance } from '@aws-sdk/client-ecs';
import type { World } from '#sandbox/aws/world.ts';
import type { Balancer } from './balancer.ts';
import { onInstances } from './ec2.ts';
import { addressOf } from './network.ts';

/** The first port that Linux gives out. */
const firstPort = 32_768;

/**
 * A world told for Fargate with targets of type ip as the same one on EC2: bridge tasks, each of which got a port of its
 * instance, where the load balancer checks it.
 */
export function behindInstances(
  world: Partial<World>,
  { arn, port: containerPort }: Balancer,
  instances: readonly [ContainerInstance, ...ContainerInstance[]],
): Partial<World> {
  const told = onInstances(world, instances);
  const portOf = (index: number) => firstPort + 3 * index;
  const tasks = (told.tasks ?? []).map((task, index) => ({
    ...task,
    containers: task.containers?.map((container) => ({
      ...container,
      networkBindings: [
        { bindIP: '0.0.0.0', containerPort, hostPort: portOf(index), protocol: 'tcp' as const },
      ],
    })),
  }));
  const targets = (world.targetHealth?.[arn] ?? []).flatMap((target) => {
    const index = (world.tasks ?? []).findIndex(
      ({ attachments }) => addressOf(attachments) === target.Target?.Id,
    );
    const host = instances.find(
      ({ containerInstanceArn }) => containerInstanceArn === tasks[index]?.containerInstanceArn,
    );
    const Port = portOf(index);
    return host?.ec2InstanceId === undefined
      ? []
      : [{ ...target, Target: { Id: host.ec2InstanceId, Port }, HealthCheckPort: String(Port) }];
  });
  return { ...told, tasks, targetHealth: { ...told.targetHealth, [arn]: targets } };
}
