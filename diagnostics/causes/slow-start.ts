import type { Cause } from './cause.ts';
import { cause } from './define.ts';
import { container } from './fixes.ts';

/** Starts that take long, by the phase that takes most of them. */
export const slowStartCauses: readonly Cause[] = [
  cause('slow-start-provision', 'slow to provision', {
    stage: 2,
    severity: 'warn',
    owner: 'service-config',
    meaning:
      'Most of a start is spent before the image is pulled: on the network interface, logging in to registries and fetching secrets.',
    confirm:
      'createdAt, connectivityAt and pullStartedAt of the tasks; the number of secrets; on EC2 the wait for an instance.',
    fix: () => ({
      summary:
        'Fetch fewer secrets one by one, and give the subnets endpoints for Secrets Manager, SSM and ECR.',
    }),
  }),
  cause('slow-start-pull', 'slow to pull its images', {
    stage: 4,
    severity: 'warn',
    owner: 'image',
    meaning:
      'Most of a start is spent on downloading and unpacking images. Fargate keeps no image between tasks.',
    confirm: 'pullStartedAt and pullStoppedAt of the tasks; imageSizeInBytes in ECR.',
    fix: () => ({ summary: 'Make the image smaller, or the way to the registry shorter.' }),
  }),
  cause('slow-start-boot', 'slow to boot', {
    stage: 5,
    severity: 'warn',
    owner: 'application',
    meaning:
      'Most of a start is spent between the end of the pull and RUNNING: containers that wait for each other, volumes, or a process that needs CPU.',
    confirm: 'pullStoppedAt and startedAt of the tasks; dependsOn, volumes and CPU of the task definition.',
    fix: (n) => ({
      summary: `Let ${container(n)} do less before it starts to serve, or give it more CPU.`,
    }),
  }),
  cause('slow-start-ready', 'slow to be ready', {
    stage: 7,
    severity: 'warn',
    owner: 'load-balancer',
    meaning:
      'Most of a start is spent waiting for the first health check, or for the slow start of the target group after it, however fast the application is.',
    confirm:
      'HealthCheckIntervalSeconds and slow_start.duration_seconds of the target group, interval of the container check.',
    fix: () => ({
      summary:
        'Shorten the interval of the check, or the slow start of the target group, whichever the task waits for longest.',
    }),
  }),
];
