import { balancerOf } from '../build/balancer.ts';
import { deployed } from '../build/deployed.ts';
import { mergeWorlds } from '../build/merge.ts';
import { ecrImage } from '../build/names.ts';
import { launched } from '../build/release.ts';
import { samplesOf } from '../build/samples.ts';
import { serviceWorld } from '../build/service.ts';
import { exited } from '../build/stop.ts';
import { after, before, days } from '../build/times.ts';
import { steady, usageOf } from '../build/usage.ts';
import type { Incident } from '../incident.ts';

/** Each task leaks until the kernel ends it, every 58 minutes; ECS starts the next and remembers only the last. */
const lives = 58;
const newest = 11;

export const boilerMemoryClimbs: Incident = {
  name: 'boiler-memory-climbs',
  title: 'the one task of boiler leaks memory until the kernel kills it, about once an hour',
  environment: 'prod',
  ask: 'perf boiler prod',
  expected: {
    state: 'problem',
    cause: 'memory-climbing',
    status: 'confirmed',
    chain: ['oom-container', 'memory-climbing'],
  },
  world(now, place) {
    const ago = before(now);
    const live = deployed(place, now, 'boiler', {
      revision: 31,
      ago: days(4),
      cpu: '256',
      memory: '512',
      containers: [{ name: 'app', image: ecrImage(place, 'boiler', '2.7.0'), memory: 512, port: 8080 }],
    });
    const generations = [newest + 3 * lives, newest + 2 * lives, newest + lives];
    const killed = generations.map((minutes, index) => {
      const task = launched(live, 10 + index, ago(minutes));
      const reason = 'OutOfMemoryError: container killed due to memory usage';
      return exited(task, after(ago(minutes), (lives - 0.8) * 60), { app: { exitCode: 137, reason } });
    });
    const last = killed.at(-1);
    const current = launched(live, 20, ago(newest));
    return mergeWorlds([
      serviceWorld(place, now, {
        desired: 1,
        createdAt: ago(days(140)),
        releases: [live],
        tasks: [...(last ? [last] : []), current],
        forgotten: killed.slice(0, -1),
        balancer: balancerOf(place, 'boiler'),
      }),
      { logGroups: last ? [samplesOf(place, last, 512, (age) => 24 + (74 * age) / (lives - 2))] : [] },
      usageOf(place, now, 'boiler', {
        tasks: 1,
        cpu: steady(22),
        memory: (minutes) => {
          const age = (newest - 1 - minutes + 10 * lives) % lives;
          return 24 + (74 * age) / (lives - 2);
        },
      }),
    ]);
  },
};
