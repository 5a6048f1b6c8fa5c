import type { Command } from './command.ts';
import { diagnose } from './diagnose.ts';

const checks = ['stopped-tasks', 'service-state', 'service-events'];

export const whyStopped: Command = {
  name: 'why-stopped',
  summary: 'Why tasks of a service stopped: the root cause with its evidence',
  usage: 'SERVICE ENVIRONMENT',
  options: ['cluster', 'region', 'since', 'task', 'family', 'private'],
  examples: [
    'why-stopped api prod',
    'why-stopped api prod --since 2h',
    'why-stopped arn:aws:ecs:…:task/prod/0123…',
  ],
  checks,
  run: (request, context) => diagnose(request, context, checks),
};
