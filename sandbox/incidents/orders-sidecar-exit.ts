import { balancerOf } from './build/balancer.ts';
import { logGroup, logOf } from './build/log.ts';
import { mergeWorlds } from './build/merge.ts';
import { ecrImage } from './build/names.ts';
import { launched, release } from './build/release.ts';
import { serviceWorld } from './build/service.ts';
import { exited } from './build/stop.ts';
import { pendingTask } from './build/task.ts';
import { taskDefinition } from './build/task-definition.ts';
import { after, before, days } from './build/times.ts';
import type { Incident } from './incident.ts';

/**
 * The app serves well until the agent beside it ends; being essential, the agent takes the task with it. ECS gives no
 * time for each container's end, so that the agent was first is inferred from the exit codes.
 */
export const ordersSidecarExit: Incident = {
  name: 'orders-sidecar-exit',
  title: 'the monitoring agent in orders is essential, ends with 1 and takes the app with it',
  environment: 'prod',
  ask: 'why-stopped orders prod',
  expected: { state: 'problem', cause: 'sidecar-essential-exit', status: 'likely' },
  world(now, place) {
    const ago = before(now);
    const orders54 = taskDefinition(place, {
      family: 'orders',
      revision: 54,
      registeredAt: ago(days(3), 20),
      cpu: '1024',
      containers: [
        { name: 'app', image: ecrImage(place, 'orders', '3.7.4'), memory: 1024, port: 8080 },
        {
          name: 'datadog-agent',
          image: 'public.ecr.aws/datadog/agent:7.72.1',
          memory: 512,
          environment: { ECS_FARGATE: 'true', DD_APM_ENABLED: 'true' },
        },
      ],
    });
    const live = release(place, orders54, { startedAt: ago(days(3)), finishedAt: ago(days(3) - 6) });
    const serving = launched(live, 20, ago(9));
    const ended = [
      { number: 0, createdAt: after(live.startedAt, 2), at: ago(46) },
      { number: 1, createdAt: after(live.startedAt, 2), at: ago(31) },
      { number: 10, createdAt: ago(45), at: ago(10, 20) },
      { number: 11, createdAt: ago(30), at: ago(1, 30) },
    ].map(({ number, createdAt, at }) =>
      exited(launched(live, number, createdAt), at, {
        'datadog-agent': { exitCode: 1 },
        app: { exitCode: 143 },
      }),
    );
    const next = pendingTask(launched(live, 21, ago(0, 30)));

    return mergeWorlds([
      serviceWorld(place, now, {
        desired: 2,
        createdAt: ago(days(388)),
        releases: [live],
        tasks: [serving, ...ended, next],
        balancer: balancerOf(place, 'orders'),
        breaker: { enable: true, rollback: true },
        quietUntil: ago(47),
      }),
      {
        logGroups: [
          logGroup('orders', [
            logOf(serving, 'app', [[1.9, 'orders 3.7.4 listening on :8080']]),
            ...ended.flatMap((task) => [
              logOf(task, 'app', [
                [1.9, 'orders 3.7.4 listening on :8080'],
                [-42, 'POST /orders 201 38ms'],
                [-17, 'POST /orders 201 41ms'],
                [-2.1, 'received SIGTERM, finishing 3 requests'],
                [-0.9, 'closed'],
              ]),
              logOf(task, 'datadog-agent', [
                [3.2, 'CORE | INFO | (comp/core/status) | Agent started'],
                [-9.4, 'TRACE | WARN | (pkg/trace/agent) | Payload queue full, dropping 812 traces'],
                [
                  -6.3,
                  'CORE | CRITICAL | (cmd/agent/subcommands/run) | trace-agent process ended: unexpected state of the receiver',
                ],
                [-6.2, 'CORE | INFO | (cmd/agent/subcommands/run) | Stopping agent with status 1'],
              ]),
            ]),
          ]),
        ],
      },
    ]);
  },
};
