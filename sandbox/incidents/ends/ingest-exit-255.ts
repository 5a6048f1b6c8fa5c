import { ended } from '../build/ended.ts';
import { ecrImage } from '../build/names.ts';
import { days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** The wrapper gives 255 for everything, and its log says no more. */
export const ingestExit255: Incident = {
  name: 'ingest-exit-255',
  title: 'ingest ends with 255 and writes nothing that says why',
  environment: 'staging',
  ask: 'why-stopped ingest staging',
  expected: { state: 'problem', cause: 'app-exit-255', status: 'confirmed' },
  world(now, place) {
    const container = (tag: string) => ({ name: 'app', image: ecrImage(place, 'ingest', tag), memory: 512 });
    return ended(place, now, {
      service: 'ingest',
      good: { revision: 90, ago: days(6), containers: [container('12.0.0')] },
      bad: { revision: 91, ago: 28, containers: [container('12.1.0')] },
      lives: 3.4,
      ends: { app: { exitCode: 255 } },
      says: {
        app: [
          [0.5, 'supervisor: started ingest with pid 7'],
          [2.8, 'supervisor: ingest is gone'],
        ],
      },
    });
  },
};
