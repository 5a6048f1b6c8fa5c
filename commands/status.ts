import type { Command } from './command.ts';
import { diagnose } from './diagnose.ts';

const checks = ['service-state', 'service-events', 'stopped-tasks'];

export const status: Command = {
  name: 'status',
  summary: 'How a service stands: running and desired, deployments, what is wrong',
  usage: 'SERVICE ENVIRONMENT',
  options: ['cluster', 'region', 'private'],
  examples: ['status api prod'],
  checks,
  run: (request, context) => diagnose(request, context, checks),
};
