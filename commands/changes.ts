import type { Command } from './command.ts';
import { diagnose } from './diagnose.ts';

const checks = ['changes', 'stopped-tasks', 'service-state'];

export const changes: Command = {
  name: 'changes',
  summary: 'What was changed between the last good start and the first bad stop, and by whom',
  usage: 'SERVICE ENVIRONMENT',
  options: ['cluster', 'region', 'since', 'who', 'private'],
  examples: ['changes api prod', 'changes api prod --since 1d', 'changes api prod --who'],
  checks,
  run: (request, context) => diagnose(request, context, checks),
};
