import { balancerOf, draining, wrongCode } from './build/balancer.ts';
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

const probe = '10.20.0.37 - - "GET /healthz HTTP/1.1" 404 153 "-" "ELB-HealthChecker/2.0"';

/** The new image serves its health page elsewhere; the target group still asks for /healthz. */
export const webWrongHealthCode: Incident = {
  name: 'web-wrong-health-code',
  title: 'web:31 answers the load balancer’s health check with 404 and is replaced again and again',
  environment: 'prod',
  ask: 'why-stopped web prod',
  expected: { state: 'problem', cause: 'elb-health-wrong-code', status: 'confirmed' },
  world(now, place) {
    const ago = before(now);
    const balancer = balancerOf(place, 'web', { container: 'nginx', port: 8080, path: '/healthz' });
    const revision = (number: number, tag: string, minutes: number) =>
      taskDefinition(place, {
        family: 'web',
        revision: number,
        registeredAt: ago(minutes),
        containers: [{ name: 'nginx', image: ecrImage(place, 'web', tag), memory: 512, port: 8080 }],
      });
    const good = release(place, revision(30, '5.2.9', days(4)), {
      startedAt: ago(days(4)),
      finishedAt: ago(days(4) - 9),
    });
    const bad = release(place, revision(31, '5.3.0', 19), { startedAt: ago(18), failedTasks: 3 });

    const serving = Array.from({ length: 8 }, (_, number) =>
      launched(good, number, after(good.startedAt, 2)),
    );
    const stoppedReason = `Task failed ELB health checks in (target-group ${balancer.arn})`;
    const failed = [17, 11, 6].map((minutes, index) => {
      const task = launched(bad, 10 + index, ago(minutes));
      const at = after(task.startedAt ?? now, 117);
      return stoppedBy(task, { stopCode: 'ServiceSchedulerInitiated', stoppedReason, at });
    });
    const trying = launched(bad, 13, ago(1, 40));
    const last = failed.at(-1);
    const say = eventsOf('web');
    const unhealthy = failed.map((task) =>
      say.unhealthyTarget(
        after(task.stoppingAt ?? now, -1.8),
        task,
        8080,
        balancer.arn,
        'Health checks failed with these codes: [404]',
      ),
    );
    return mergeWorlds([
      serviceWorld(place, now, {
        desired: 8,
        createdAt: ago(days(640)),
        releases: [good, bad],
        tasks: [...serving, ...failed, trying],
        events: unhealthy,
        balancer,
        targets: [
          { task: trying, health: wrongCode(404) },
          ...(last ? [{ task: last, health: draining }] : []),
        ],
        breaker: { enable: true, rollback: true },
        percent: { minimum: 100, maximum: 115 },
        gracePeriod: 60,
      }),
      {
        logGroups: [
          logGroup('web', [
            ...serving.map((task) =>
              logOf(task, 'nginx', [[0.3, 'nginx 1.29.3 started, 2 worker processes']]),
            ),
            ...[...failed, trying].map((task) =>
              logOf(task, 'nginx', [
                [0.3, 'nginx 1.29.3 started, 2 worker processes'],
                ...[14, 29, 44].map((second) => [second, probe] as const),
              ]),
            ),
          ]),
        ],
      },
    ]);
  },
};
