import type { Command } from './command.ts';
import { diagnose } from './diagnose.ts';

const checks = ['logs'];

export const logs: Command = {
  name: 'logs',
  summary: 'The last lines of the newest stopped task, or of the running ones',
  usage: 'SERVICE ENVIRONMENT',
  options: ['cluster', 'region', 'since', 'task', 'container', 'filter', 'family', 'private'],
  examples: [
    'logs api prod',
    'logs api prod --since 1h --container app',
    'logs api prod --filter "timed out"',
  ],
  checks,
  run: (request, context) => diagnose(request, context, checks),
};
