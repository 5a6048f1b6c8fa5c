import { ended } from '../build/ended.ts';
import { ecrImage } from '../build/names.ts';
import { days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** The kernel killed nobody: the runtime gave up at a heap limit far below the container's memory. */
export const bffHeapExhausted: Incident = {
  name: 'bff-heap-exhausted',
  title: 'the Node heap of bff is full long before its container is',
  environment: 'prod',
  ask: 'why-stopped bff prod',
  expected: { state: 'problem', cause: 'oom-heap', status: 'likely' },
  world(now, place) {
    const container = {
      name: 'app',
      image: ecrImage(place, 'bff', '22.4.0'),
      memory: 2048,
      environment: { NODE_OPTIONS: '--max-old-space-size=512' },
    };
    return ended(place, now, {
      service: 'bff',
      bad: { revision: 204, ago: days(1), containers: [container] },
      lives: 498,
      ends: { app: { exitCode: 134 } },
      starts: [49, 38.6, 27.9, 17.2, 6.3],
      last: 'running',
      says: {
        app: [
          [1.1, 'bff 22.4.0 listening on :8080'],
          [-6.2, '[1:0x7f0c8c000b70]   491204 ms: Mark-Compact 508.1 (522.6) -> 507.4 (523.1) MB'],
          [
            -0.4,
            'FATAL ERROR: Ineffective mark-compacts near heap limit Allocation failed - JavaScript heap out of memory',
          ],
          [-0.2, '----- Native stack trace -----'],
        ],
      },
    });
  },
};
