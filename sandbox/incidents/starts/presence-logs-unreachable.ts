import { failedStarts } from '../build/failed-starts.ts';
import { ecrImage } from '../build/names.ts';
import { endpoints, inOwnVpc, isolated } from '../build/own-network.ts';
import { days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** The text says that the group cannot be found; the group is there, and the way to CloudWatch Logs is not. */
export const presenceLogsUnreachable: Incident = {
  name: 'presence-logs-unreachable',
  title: 'new tasks of presence cannot reach CloudWatch Logs',
  environment: 'staging',
  ask: 'why-stopped presence staging',
  expected: {
    state: 'problem',
    cause: 'network-no-route',
    status: 'confirmed',
    chain: ['service-start-impaired', 'logs-endpoint-unreachable', 'network-no-route'],
  },
  world(now, place) {
    const container = (tag: string) => ({
      name: 'app',
      image: ecrImage(place, 'presence', tag),
      memory: 512,
    });
    const world = failedStarts(place, now, {
      service: 'presence',
      good: { revision: 55, ago: days(2), containers: [container('4.4.4')] },
      bad: { revision: 56, ago: 33, containers: [container('4.4.5')] },
      during: 'init',
      givesUpAfter: 212,
      tries: [32, 25, 15],
      reason: () =>
        'ResourceInitializationError: failed to validate logger args: The task cannot find the Amazon CloudWatch log group defined in the task definition. There is a connection issue between the task and Amazon CloudWatch. Check your network configuration. : signal: killed',
    });
    return inOwnVpc(place, {
      service: 'presence',
      world,
      changes: [isolated, endpoints('presence', ['ecr.api', 'ecr.dkr'])],
    });
  },
};
