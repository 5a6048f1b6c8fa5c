import { ended } from '../build/ended.ts';
import { ecrImage } from '../build/names.ts';
import { days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

export const invoicesNotExecutable: Incident = {
  name: 'invoices-not-executable',
  title: 'the shell of invoices:9 finds its program and may not run it: exit code 126',
  environment: 'prod',
  ask: 'why-stopped invoices prod',
  expected: { state: 'problem', cause: 'app-not-executable', status: 'confirmed' },
  world(now, place) {
    const container = (tag: string) => ({
      name: 'app',
      image: ecrImage(place, 'invoices', tag),
      memory: 512,
      command: ['sh', '-c', '/srv/invoices --port 8080'],
    });
    return ended(place, now, {
      service: 'invoices',
      good: { revision: 8, ago: days(20), containers: [container('1.3.0')] },
      bad: { revision: 9, ago: 28, containers: [container('1.3.1')] },
      lives: 0.8,
      ends: { app: { exitCode: 126 } },
      says: { app: [[0.2, 'sh: 1: /srv/invoices: Permission denied']] },
    });
  },
};
