import { balancerOf } from '../build/balancer.ts';
import { instanceOf, onInstances } from '../build/ec2.ts';
import { standing } from '../build/standing.ts';
import { before, days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** Bridge tasks get a port of their host each; the port of the target group is only a default that ECS never uses. */
export const kilnDynamicPorts: Incident = {
  name: 'kiln-dynamic-ports',
  title: 'kiln runs on instances, its targets have other ports than their target group, and all is well',
  environment: 'staging',
  ask: 'health kiln staging',
  expected: { state: 'healthy', cause: null, status: 'confirmed' },
  world(now, place) {
    const balancer = balancerOf(place, 'kiln', { settings: { TargetType: 'instance', Port: 80 } });
    const { arn } = balancer;
    const instance = instanceOf(place, 'kiln', { number: 0, registeredAt: before(now)(days(60)) });
    const world = onInstances(standing(place, now, { service: 'kiln', ago: 2600, desired: 3, balancer }), [
      instance,
    ]);
    const tasks = (world.tasks ?? []).map((task, index) => ({
      ...task,
      containers: task.containers?.map((container) => ({
        ...container,
        networkBindings: [
          { bindIP: '0.0.0.0', containerPort: 8080, hostPort: 32_768 + index, protocol: 'tcp' as const },
        ],
      })),
    }));
    return {
      ...world,
      tasks,
      targetHealth: {
        [arn]: tasks.map((_, index) => ({
          Target: { Id: instance.ec2InstanceId ?? '', Port: 32_768 + index },
          HealthCheckPort: String(32_768 + index),
          TargetHealth: { State: 'healthy' as const },
        })),
      },
    };
  },
};
