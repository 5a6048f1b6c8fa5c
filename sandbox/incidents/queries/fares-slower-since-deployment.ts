import { balancerOf } from '../build/balancer.ts';
import { deployed } from '../build/deployed.ts';
import { logGroup } from '../build/log.ts';
import { mergeWorlds } from '../build/merge.ts';
import { ecrImage } from '../build/names.ts';
import { launched } from '../build/release.ts';
import { serviceWorld } from '../build/service.ts';
import { scaledIn } from '../build/stop.ts';
import { after, before, days } from '../build/times.ts';
import type { Incident } from '../incident.ts';
import { busy, some } from './traffic.ts';

/** Nothing fails and nothing stops: only the requests take twenty times as long since the new revision. */
export const faresSlowerSinceDeployment: Incident = {
  name: 'fares-slower-since-deployment',
  title: 'fares:88 answers twenty times slower than the revision before',
  environment: 'prod',
  ask: 'insights fares prod --query latency',
  expected: { state: 'healthy', cause: null, status: 'confirmed' },
  world(now, place) {
    const ago = before(now);
    const containers = (tag: string) => [
      { name: 'app', image: ecrImage(place, 'fares', tag), memory: 1024, port: 8080 },
    ];
    const good = deployed(place, now, 'fares', {
      revision: 87,
      ago: days(5),
      containers: containers('2.9.0'),
    });
    const slow = deployed(place, now, 'fares', { revision: 88, ago: 9, containers: containers('2.10.0') });
    const next = [0, 1].map((number) => launched(slow, 10 + number, after(slow.startedAt, 2)));
    const gone = [0, 1].map((number) =>
      scaledIn(launched(good, number, after(good.startedAt, 2)), after(slow.startedAt, 95), slow.id),
    );
    const requests = (task: (typeof next)[number], took: (seed: string) => number) =>
      busy(task, {
        from: ago(40),
        to: ago(0, 4),
        every: 3,
        line(index) {
          const seed = `${task.taskArn} ${index}`;
          const path = ['/fares', '/fares/latest', '/rates'][index % 3];
          return `10.0.${some(seed, 1, 200)}.7 - - "GET ${path} HTTP/1.1" 200 ${took(seed)} ms`;
        },
      });
    return mergeWorlds([
      serviceWorld(place, now, {
        desired: 2,
        createdAt: ago(days(200)),
        releases: [good, slow],
        tasks: [...gone, ...next],
        balancer: balancerOf(place, 'fares'),
      }),
      {
        logGroups: [
          logGroup('fares', [
            ...gone.map((task) => requests(task, (seed) => some(seed, 38, 96))),
            ...next.map((task) => requests(task, (seed) => some(seed, 900, 1960))),
          ]),
        ],
      },
    ]);
  },
};
