import { instanceOf, onInstances } from '../build/ec2.ts';
import { failedStarts } from '../build/failed-starts.ts';
import { ecrImage } from '../build/names.ts';
import { before, days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** A process of the host, which ECS knows nothing of, has the port that the container wants on it. */
export const edgePortTaken: Incident = {
  name: 'edge-port-taken',
  title: 'port 8125 of the instances is taken before edge:11 can bind it',
  environment: 'prod',
  ask: 'why-stopped edge prod',
  expected: { state: 'problem', cause: 'port-conflict', status: 'confirmed' },
  world(now, place) {
    const container = { name: 'app', image: ecrImage(place, 'edge', '0.9.0'), memory: 512 };
    const instance = (number: number) =>
      instanceOf(place, 'edge', { number, registeredAt: before(now)(days(12)) });
    return onInstances(
      failedStarts(place, now, {
        service: 'edge',
        good: { revision: 10, ago: days(11), containers: [{ ...container, port: 8080 }] },
        bad: { revision: 11, ago: 20, containers: [{ ...container, port: 8125 }] },
        during: 'start',
        givesUpAfter: 43,
        container: 'app',
        reason: () =>
          'CannotStartContainerError: Error response from daemon: driver failed programming external connectivity on endpoint ecs-edge-11-app-b4c8d1a9f0e2c5d53a00 (0d61f0b7c2f3): Bind for 0.0.0.0:8125 failed: port is already allocated',
      }),
      [instance(0), instance(1)],
    );
  },
};
