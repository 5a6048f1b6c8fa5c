import type { Command } from './command.ts';
import { diagnose } from './diagnose.ts';

// How the service stands and why its tasks stopped are asked where the answer leads to them.
const checks = ['iam'];

export const iam: Command = {
  name: 'iam',
  summary: 'Whether its roles may do what its tasks need: secrets, keys, image, logs, files, file systems',
  usage: 'SERVICE ENVIRONMENT',
  options: ['cluster', 'region', 'task', 'family', 'private'],
  examples: ['iam api prod', 'iam api prod --task 0123…'],
  checks,
  run: (request, context) => diagnose(request, context, checks),
};
