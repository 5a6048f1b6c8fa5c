import type { Command } from './command.ts';
import { diagnose } from './diagnose.ts';

const checks = ['event-history', 'capacity', 'service-events', 'service-state'];

export const events: Command = {
  name: 'events',
  summary: 'What the scheduler said, each thing once, and what is wrong behind it',
  usage: 'SERVICE ENVIRONMENT',
  options: ['cluster', 'region', 'since', 'private'],
  examples: ['events api prod', 'events api prod --since 2h'],
  checks,
  run: (request, context) => diagnose(request, context, checks),
};
