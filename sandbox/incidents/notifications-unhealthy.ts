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

/** The process lives and answers, but its own health command says no. */
export const notificationsUnhealthy: Incident = {
  name: 'notifications-unhealthy',
  title: 'notifications fails its container health check and is replaced every ten minutes',
  environment: 'staging',
  ask: 'why-stopped notifications staging',
  expected: { state: 'problem', cause: 'container-health-failed', status: 'confirmed' },
  world(now, place) {
    const ago = before(now);
    const definition = taskDefinition(place, {
      family: 'notifications',
      revision: 63,
      registeredAt: ago(days(6), 30),
      containers: [
        {
          name: 'app',
          image: ecrImage(place, 'notifications', '2.12.0'),
          memory: 1024,
          port: 8080,
          healthCheck: {
            command: ['CMD-SHELL', 'wget -q -O /dev/null http://localhost:8080/health || exit 1'],
            interval: 30,
            timeout: 5,
            retries: 3,
            startPeriod: 60,
          },
        },
      ],
    });
    const live = release(place, definition, { startedAt: ago(days(6)), finishedAt: ago(days(6) - 4) });
    const rounds = [
      { number: 0, createdAt: after(live.startedAt, 2), at: ago(51) },
      { number: 10, createdAt: ago(50, 30), at: ago(39) },
      { number: 11, createdAt: ago(38, 30), at: ago(27) },
      { number: 12, createdAt: ago(26, 30), at: ago(15) },
      { number: 13, createdAt: ago(14, 30), at: ago(3) },
    ];
    const failed = rounds.map(({ number, createdAt, at }) =>
      stoppedBy(launched(live, number, createdAt, { health: 'UNHEALTHY' }), {
        stopCode: 'ServiceSchedulerInitiated',
        stoppedReason: 'Task failed container health checks',
        at,
        health: 'UNHEALTHY',
        ends: { app: { exitCode: 143 } },
      }),
    );
    const current = launched(live, 14, ago(2, 30), { health: 'UNKNOWN' });
    const say = eventsOf('notifications');
    return mergeWorlds([
      serviceWorld(place, now, {
        desired: 1,
        createdAt: ago(days(260)),
        releases: [live],
        tasks: [...failed, current],
        replacements: [...failed.slice(1), current],
        events: failed.map((task) => say.failedContainerChecks(after(task.stoppingAt ?? now, -0.3), task)),
        quietUntil: ago(52),
      }),
      {
        logGroups: [
          logGroup('notifications', [
            ...failed.map((task) =>
              logOf(task, 'app', [
                [1.3, 'notifications 2.12.0 listening on :8080'],
                [-70, 'GET /health 500 queue lag 812 s is above the limit of 300 s'],
                [-40, 'GET /health 500 queue lag 842 s is above the limit of 300 s'],
                [-10, 'GET /health 500 queue lag 872 s is above the limit of 300 s'],
                [-8, 'SIGTERM'],
              ]),
            ),
            logOf(current, 'app', [[1.3, 'notifications 2.12.0 listening on :8080']]),
          ]),
        ],
      },
    ]);
  },
};
