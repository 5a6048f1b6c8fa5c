import { failedStarts } from '../build/failed-starts.ts';
import { ecrImage } from '../build/names.ts';
import { days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** A volume for each task, made with a role that ECS cannot use. The try ends when the volume does not come. */
export const timeseriesEbsAttach: Incident = {
  name: 'timeseries-ebs-attach',
  title: 'the EBS volume of timeseries:2 is never attached',
  environment: 'prod',
  ask: 'why-stopped timeseries prod',
  expected: { state: 'problem', cause: 'ebs-attach-failed', status: 'confirmed' },
  world(now, place) {
    const container = { name: 'app', image: ecrImage(place, 'timeseries', '0.3.0'), memory: 2048 };
    const mountPoints = [{ sourceVolume: 'data', containerPath: '/var/lib/timeseries', readOnly: false }];
    return failedStarts(place, now, {
      service: 'timeseries',
      good: { revision: 1, ago: days(2), containers: [container] },
      bad: {
        revision: 2,
        ago: 38,
        containers: [{ ...container, mountPoints }],
        more: { volumes: [{ name: 'data', configuredAtLaunch: true }] },
      },
      during: 'init',
      givesUpAfter: 301,
      tries: [37, 29, 17],
      reason: () => 'ResourceInitializationError: Timeout waiting for EBS volume to be attached',
    });
  },
};
