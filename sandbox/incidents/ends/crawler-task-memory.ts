import { ended } from '../build/ended.ts';
import { ecrImage } from '../build/names.ts';
import { days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** No container has a limit of its own; the kernel picked the small one when the task's memory ran out. */
export const crawlerTaskMemory: Incident = {
  name: 'crawler-task-memory',
  title: 'the task of crawler runs out of memory, and its log router is the one that is killed',
  environment: 'staging',
  ask: 'why-stopped crawler staging',
  expected: { state: 'problem', cause: 'oom-task', status: 'likely' },
  world(now, place) {
    const containers = [
      { name: 'crawler', image: ecrImage(place, 'crawler', '3.0.0') },
      { name: 'log-router', image: ecrImage(place, 'fluent-bit', '4.2.0') },
    ];
    return ended(place, now, {
      service: 'crawler',
      bad: { revision: 19, ago: days(2), containers, memory: '1024' },
      lives: 388,
      ends: {
        crawler: { exitCode: 143 },
        'log-router': { exitCode: 137, reason: 'OutOfMemoryError: container killed due to memory usage' },
      },
      starts: [44, 35.2, 26.1, 16.9, 6.8],
      last: 'running',
      says: {
        crawler: [
          [0.9, 'crawler 3.0.0 with 16 tabs'],
          [-5, 'queue 4102, open tabs 16, rss 871 MiB'],
        ],
      },
    });
  },
};
