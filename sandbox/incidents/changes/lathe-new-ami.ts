import type { ContainerInstance } from '@aws-sdk/client-ecs';
import { instanceOf, onInstances } from '../build/ec2.ts';
import { ecrImage } from '../build/names.ts';
import { before, days } from '../build/times.ts';
import type { Incident } from '../incident.ts';
import { redeployed } from './redeployed.ts';

/** The group got a new AMI: the old one held the models under /opt/models, which tasks mount from the host. */
export const latheNewAmi: Incident = {
  name: 'lathe-new-ami',
  title: 'tasks of lathe fail on the instance with the new AMI, and run on those with the old one',
  environment: 'prod',
  ask: 'why-stopped lathe prod',
  expected: {
    state: 'problem',
    cause: 'instances-changed',
    status: 'likely',
    chain: ['crash-loop-after-running', 'app-config-missing', 'instances-changed'],
  },
  world(now, place) {
    const ago = before(now);
    const instance = (number: number, registeredAt: Date, ami: string, agent: string): ContainerInstance => {
      const made = instanceOf(place, 'lathe', { number, registeredAt });
      return {
        ...made,
        versionInfo: { ...made.versionInfo, agentVersion: agent },
        attributes: [...(made.attributes ?? []), { name: 'ecs.ami-id', value: ami }],
      };
    };
    const old = instance(0, ago(days(40)), 'ami-0b5d1c9e7f2a34486', '1.98.0');
    const renewed = instance(1, ago(44), 'ami-0e93f7b1a2c84d650', '1.102.0');
    const world = onInstances(
      redeployed(place, now, {
        service: 'lathe',
        revision: 23,
        containers: [{ name: 'app', image: ecrImage(place, 'lathe', '5.2.0'), memory: 1024 }],
        first: days(12),
        starts: [31, 24.5, 16.2, 8.8],
        lives: 3.1,
        says: [
          [0.6, 'lathe 5.2.0 starting'],
          [2.2, "Error: ENOENT: no such file or directory, open '/opt/models/ranker.bin'"],
        ],
      }),
      [old],
    );
    const { containerInstanceArn } = renewed;
    return {
      ...world,
      tasks: world.tasks?.map((task) =>
        task.lastStatus === 'RUNNING' ? task : { ...task, containerInstanceArn },
      ),
      containerInstances: [...(world.containerInstances ?? []), { ...renewed, pendingTasksCount: 1 }],
    };
  },
};
