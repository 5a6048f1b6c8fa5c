import type { Command } from './command.ts';
import { diagnose } from './diagnose.ts';

const checks = ['timeline', 'stopped-tasks', 'service-state'];

export const timeline: Command = {
  name: 'timeline',
  summary: 'What happened, in order: tasks, events, deployments, scaling, alarms and changes',
  usage: 'SERVICE ENVIRONMENT',
  options: ['cluster', 'region', 'since', 'markdown', 'private'],
  examples: ['timeline api prod', 'timeline api prod --since 6h', 'timeline api prod --markdown'],
  checks,
  run: (request, context) => diagnose(request, context, checks),
};
