import type { Command } from './command.ts';
import { diagnose } from './diagnose.ts';

const checks = ['pending-tasks', 'capacity', 'addresses', 'service-state', 'service-events', 'stopped-tasks'];

export const whyPending: Command = {
  name: 'why-pending',
  summary: 'Why tasks do not get to RUNNING: where they stand, for how long, and what holds them',
  usage: 'SERVICE ENVIRONMENT',
  options: ['cluster', 'region', 'task', 'family', 'private'],
  examples: ['why-pending api prod', 'why-pending api prod --task 0123…'],
  checks,
  run: (request, context) => diagnose(request, context, checks),
};
