import { failedStarts } from '../build/failed-starts.ts';
import { ecrImage } from '../build/names.ts';
import { days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** The new revision logs to a group that the infrastructure code has not made yet. */
export const auditLogGroupMissing: Incident = {
  name: 'audit-log-group-missing',
  title: 'audit:4 logs to a group that does not exist',
  environment: 'prod',
  ask: 'why-stopped audit prod',
  expected: { state: 'problem', cause: 'logs-group-missing', status: 'confirmed' },
  world(now, place) {
    const container = (tag: string) => ({ name: 'app', image: ecrImage(place, 'audit', tag), memory: 512 });
    const world = failedStarts(place, now, {
      service: 'audit',
      good: { revision: 3, ago: days(90), containers: [container('1.0.4')] },
      bad: { revision: 4, ago: 20, containers: [container('1.1.0')] },
      during: 'init',
      givesUpAfter: 44,
      reason: () =>
        'ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream: ResourceNotFoundException: The specified log group does not exist. : exit status 1',
    });
    return { ...world, missing: ['/ecs/audit'] };
  },
};
