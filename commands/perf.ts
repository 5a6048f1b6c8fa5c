import type { Command } from './command.ts';
import { diagnose } from './diagnose.ts';

const checks = ['perf'];

export const perf: Command = {
  name: 'perf',
  summary: 'CPU and memory over time, the hottest task against the average, and whether scaling follows',
  usage: 'SERVICE ENVIRONMENT',
  options: ['cluster', 'region', 'since', 'task', 'private'],
  examples: ['perf api prod', 'perf api prod --since 12h', 'perf api prod --task 0123…'],
  queries: true,
  checks,
  run: (request, context) => diagnose(request, context, checks),
};
