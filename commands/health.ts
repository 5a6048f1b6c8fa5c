import type { Command } from './command.ts';
import { diagnose } from './diagnose.ts';

const checks = ['health', 'target-health', 'stopped-tasks', 'service-state'];

export const health: Command = {
  name: 'health',
  summary: 'Whether load balancer targets and container health checks pass, and what stops them',
  usage: 'SERVICE ENVIRONMENT',
  options: ['cluster', 'region', 'private'],
  examples: ['health api prod'],
  checks,
  run: (request, context) => diagnose(request, context, checks),
};
