import { standing } from '../build/standing.ts';
import { days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

export const quillNothingChanged: Incident = {
  name: 'quill-nothing-changed',
  title: 'nothing was changed about quill since its only deployment',
  environment: 'staging',
  ask: 'changes quill staging',
  expected: { state: 'healthy', cause: null, status: 'confirmed' },
  world: (now, place) => standing(place, now, { service: 'quill', ago: days(4), desired: 2 }),
};
