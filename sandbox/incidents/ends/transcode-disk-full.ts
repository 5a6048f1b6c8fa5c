import { ended } from '../build/ended.ts';
import { ecrImage } from '../build/names.ts';
import { days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

export const transcodeDiskFull: Incident = {
  name: 'transcode-disk-full',
  title: 'transcode fills its 20 GiB of disk with scratch files and ends',
  environment: 'prod',
  ask: 'why-stopped transcode prod',
  expected: { state: 'problem', cause: 'app-disk-full', status: 'likely' },
  world(now, place) {
    const container = { name: 'app', image: ecrImage(place, 'transcode', '4.0.0'), memory: 2048 };
    return ended(place, now, {
      service: 'transcode',
      bad: { revision: 12, ago: days(2), containers: [container] },
      lives: 566,
      ends: { app: { exitCode: 1 } },
      starts: [49, 37.5, 26.3, 15.2, 4.1],
      last: 'running',
      says: {
        app: [
          [0.8, 'transcode 4.0.0 polling prod-videos'],
          [-14, 'segment 311 of 402 written to /tmp/scratch'],
          [-0.3, 'Error: ENOSPC: no space left on device, write /tmp/scratch/seg-312.ts'],
        ],
      },
    });
  },
};
