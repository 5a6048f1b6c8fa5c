import { eventsOf } from '../build/events.ts';
import { hostGone } from '../build/host-gone.ts';
import { ecrImage } from '../build/names.ts';
import { before, days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

const noRoom =
  'Capacity is unavailable at this time. Please try again later or in a different availability zone. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.';

/** The only task went with its host, and none could be started in its place. */
export const settlementMaintenanceShort: Incident = {
  name: 'settlement-maintenance-short',
  title: 'Fargate retired the host of settlement’s only task and has no room for another',
  environment: 'prod',
  ask: 'why-stopped settlement prod',
  expected: { state: 'problem', cause: 'fargate-maintenance', status: 'confirmed' },
  world: (now, place) =>
    hostGone(place, now, {
      service: 'settlement',
      live: {
        revision: 31,
        ago: days(45),
        containers: [{ name: 'app', image: ecrImage(place, 'settlement', '2.6.1'), memory: 1024 }],
      },
      desired: 1,
      stopCode: 'TerminationNotice',
      stoppedReason: 'ECS is performing maintenance on the underlying infrastructure hosting the task',
      ago: 12,
      replaced: false,
      events: [eventsOf('settlement').notPlaced(before(now)(10), noRoom)],
    }),
};
