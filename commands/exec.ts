import type { Command } from './command.ts';
import { diagnose } from './diagnose.ts';

const checks = ['exec'];

export const exec: Command = {
  name: 'exec',
  summary: 'Whether ECS Exec can open a session in a task, and the command for it',
  usage: 'SERVICE ENVIRONMENT',
  options: ['cluster', 'region', 'task', 'family', 'container', 'private'],
  examples: ['exec api prod', 'exec api prod --container app'],
  checks,
  run: (request, context) => diagnose(request, context, checks),
};
