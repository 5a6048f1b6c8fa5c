import { ecrImage } from '../build/names.ts';
import type { Incident } from '../incident.ts';
import { refusedPull } from './refused-pull.ts';

/** On Fargate nobody else can log in to ECR for the task. */
export const merlinNoExecutionRole: Incident = {
  name: 'merlin-no-execution-role',
  title: 'merlin:4 names no execution role to pull its image with',
  environment: 'prod',
  ask: 'image merlin prod',
  expected: { state: 'problem', cause: 'image-ecr-permission', status: 'confirmed' },
  world(now, place) {
    const image = ecrImage(place, 'merlin', '2.0.0');
    return refusedPull(place, now, {
      service: 'merlin',
      image,
      says: 'pull image manifest has been retried 1 time(s)',
      more: { executionRoleArn: undefined },
    });
  },
};
