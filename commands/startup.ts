import type { Command } from './command.ts';
import { diagnose } from './diagnose.ts';

const checks = ['startup'];

export const startup: Command = {
  name: 'startup',
  summary: 'How long tasks take to start, phase by phase, and what the longest phase would gain',
  usage: 'SERVICE ENVIRONMENT',
  options: ['cluster', 'region', 'private'],
  examples: ['startup api prod'],
  checks,
  run: (request, context) => diagnose(request, context, checks),
};
