import type { World } from '#sandbox/aws/world.ts';
import type { Place } from '../incident.ts';
import { balancerOf } from './balancer.ts';
import { logGroup, logOf } from './log.ts';
import { mergeWorlds } from './merge.ts';
import { ecrImage } from './names.ts';
import { launched, release } from './release.ts';
import { serviceWorld } from './service.ts';
import { taskDefinition } from './task-definition.ts';
import { after, before, days } from './times.ts';

interface Quiet {
  revision: number;
  tag: string;
  desired: number;
  /** Days since its last deployment. */
  deployed: number;
  /** Behind the load balancer, and with a health command of its own. */
  web?: boolean;
}

/** A service that nothing has happened to since its last deployment. */
export function quietService(place: Place, now: Date, name: string, story: Quiet): Partial<World> {
  const ago = before(now);
  const { revision, tag, desired, deployed, web = true } = story;
  const definition = taskDefinition(place, {
    family: name,
    revision,
    registeredAt: ago(days(deployed), 95),
    containers: [
      {
        name: 'app',
        image: ecrImage(place, name, tag),
        memory: 1024,
        environment: { LOG_LEVEL: 'info' },
        ...(web && {
          port: 8080,
          healthCheck: {
            command: ['CMD-SHELL', '/app/healthcheck'],
            interval: 30,
            timeout: 5,
            retries: 3,
            startPeriod: 20,
          },
        }),
      },
    ],
  });
  const live = release(place, definition, {
    startedAt: ago(days(deployed)),
    finishedAt: ago(days(deployed) - 4),
  });
  const tasks = Array.from({ length: desired }, (_, number) =>
    launched(live, number, after(live.startedAt, 2.2)),
  );
  return mergeWorlds([
    serviceWorld(place, now, {
      desired,
      createdAt: ago(days(deployed + 120)),
      releases: [live],
      tasks,
      balancer: web ? balancerOf(place, name) : undefined,
      breaker: { enable: true, rollback: true },
    }),
    {
      logGroups: [
        logGroup(
          name,
          tasks.map((task) =>
            logOf(task, 'app', [
              [0.6, `${name} ${tag} starting`],
              [1.4, 'ready'],
            ]),
          ),
        ),
      ],
    },
  ]);
}
