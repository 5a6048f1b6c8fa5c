import { eventsOf } from './build/events.ts';
import { logGroup, logOf } from './build/log.ts';
import { mergeWorlds } from './build/merge.ts';
import { ecrImage } from './build/names.ts';
import { launched, release } from './build/release.ts';
import { serviceWorld } from './build/service.ts';
import { stoppedBy } from './build/stop.ts';
import { taskDefinition } from './build/task-definition.ts';
import { after, before, days } from './build/times.ts';
import type { Incident } from './incident.ts';

/** Spot takes two of three tasks back and has none to give in their place; nothing else is allowed to stand in. */
export const batchSpotShort: Incident = {
  name: 'batch-spot-short',
  title: 'Fargate Spot took two of the three tasks of batch back and has no room for new ones',
  environment: 'staging',
  ask: 'why-stopped batch staging',
  expected: { state: 'problem', cause: 'spot-interrupted', status: 'confirmed' },
  world(now, place) {
    const ago = before(now);
    const definition = taskDefinition(place, {
      family: 'batch',
      revision: 15,
      registeredAt: ago(days(7), 55),
      containers: [{ name: 'batch', image: ecrImage(place, 'batch', '2.0.6'), memory: 1024 }],
    });
    const live = release(place, definition, { startedAt: ago(days(7)), finishedAt: ago(days(7) - 3) });
    const start = (number: number) => launched(live, number, after(live.startedAt, 2), { spot: true });
    const taken = [1, 2].map((number) =>
      stoppedBy(start(number), {
        stopCode: 'SpotInterruption',
        stoppedReason: 'Your Spot Task was interrupted.',
        at: ago(38 - number * 6),
        seconds: 14.2,
        ends: { batch: { exitCode: 143 } },
      }),
    );
    const noRoom =
      'Capacity is unavailable at this time. Please try again later or in a different availability zone. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.';
    return mergeWorlds([
      serviceWorld(place, now, {
        desired: 3,
        createdAt: ago(days(240)),
        releases: [live],
        tasks: [start(0), ...taken],
        events: [eventsOf('batch').notPlaced(ago(31, 22), noRoom)],
        spot: true,
        quietUntil: ago(33),
      }),
      {
        logGroups: [
          logGroup('batch', [
            logOf(start(0), 'batch', [[1.4, 'batch 2.0.6 ready']]),
            ...taken.map((task) =>
              logOf(task, 'batch', [
                [1.4, 'batch 2.0.6 ready'],
                [-9.8, 'SIGTERM: giving 2 chunks back to the queue'],
                [-0.5, 'bye'],
              ]),
            ),
          ]),
        ],
      },
    ]);
  },
};
