import { ended } from '../build/ended.ts';
import { ecrImage } from '../build/names.ts';
import { days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

export const pdfAbort: Incident = {
  name: 'pdf-abort',
  title: 'pdf fails an assertion of its own and aborts with 134',
  environment: 'prod',
  ask: 'why-stopped pdf prod',
  expected: { state: 'problem', cause: 'app-abort', status: 'confirmed' },
  world(now, place) {
    const container = { name: 'app', image: ecrImage(place, 'pdf', '0.12.3'), memory: 1024 };
    return ended(place, now, {
      service: 'pdf',
      bad: { revision: 17, ago: days(3), containers: [container] },
      lives: 312,
      ends: { app: { exitCode: 134 } },
      starts: [47, 39.8, 31.2, 21, 9.6],
      last: 'running',
      says: {
        app: [
          [0.7, 'pdf 0.12.3 ready'],
          [-2.1, 'render invoice 88123, 14 pages'],
          [-0.2, 'pdf: src/layout/table.cc:412: void Table::split(Row): Assertion `row.height > 0` failed.'],
          [-0.1, 'Aborted (core dumped)'],
        ],
      },
    });
  },
};
