import type { Command } from './command.ts';
import { diagnose } from './diagnose.ts';

const checks = ['network'];

export const network: Command = {
  name: 'network',
  summary: 'Whether tasks reach ECR, secrets, logs and what else they need, from each of their subnets',
  usage: 'SERVICE ENVIRONMENT',
  options: ['cluster', 'region', 'task', 'family', 'private'],
  examples: ['network api prod', 'network api prod --task 0123…'],
  checks,
  run: (request, context) => diagnose(request, context, checks),
};
