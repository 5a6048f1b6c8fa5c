import type { Command } from './command.ts';
import { diagnose } from './diagnose.ts';

const checks = ['deployments', 'stopped-tasks', 'service-events', 'service-state'];

export const deployment: Command = {
  name: 'deployment',
  summary: 'How the newest deployment goes: what it waits for, why it failed, and which revision is live',
  usage: 'SERVICE ENVIRONMENT',
  options: ['cluster', 'region', 'follow', 'private'],
  examples: ['deployment api prod', 'deployment api prod --follow'],
  checks,
  run: (request, context) => diagnose(request, context, checks, { deployment: true }),
};
