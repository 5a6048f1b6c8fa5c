import type { Command } from './command.ts';
import { diagnose } from './diagnose.ts';

// How the service stands is asked where the answer leads to it.
const checks = ['image'];

export const image: Command = {
  name: 'image',
  summary: 'Whether its images exist, fit what they run on, and may be pulled, and by whom',
  usage: 'SERVICE ENVIRONMENT',
  options: ['cluster', 'region', 'task', 'family', 'platform', 'private'],
  examples: ['image api prod', 'image api prod --platform', 'image api prod --task 0123…'],
  checks,
  run: (request, context) =>
    diagnose(request, context, checks, {
      images: true,
      ...(request.options.platform === true && { platform: true }),
    }),
};
