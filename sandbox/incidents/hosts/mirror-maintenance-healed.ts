import { hostGone } from '../build/host-gone.ts';
import { ecrImage } from '../build/names.ts';
import { days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

export const mirrorMaintenanceHealed: Incident = {
  name: 'mirror-maintenance-healed',
  title: 'Fargate retired the host of one task of mirror; another runs in its place',
  environment: 'staging',
  ask: 'why-stopped mirror staging',
  expected: { state: 'healthy', cause: null, status: 'confirmed' },
  world: (now, place) =>
    hostGone(place, now, {
      service: 'mirror',
      live: {
        revision: 5,
        ago: days(24),
        containers: [{ name: 'app', image: ecrImage(place, 'mirror', '1.0.5'), memory: 512 }],
      },
      desired: 2,
      stopCode: 'TerminationNotice',
      stoppedReason: 'ECS is performing maintenance on the underlying infrastructure hosting the task',
      ago: 19,
      replaced: true,
    }),
};
