import type { Cause } from './cause.ts';
import { cause } from './define.ts';
import { goBack, none, updateService } from './fixes.ts';

/** Tasks that stand still on their way to RUNNING: symptoms, each of which another finding may explain. */
export const pendingCauses: readonly Cause[] = [
  cause('no-task-started', 'no task is being started', {
    stage: 1,
    owner: 'capacity',
    meaning:
      'Tasks are missing and none is on its way: ECS could not place one, or waits before it tries again.',
    confirm: 'runningCount and pendingCount against desiredCount; the newest events of the service.',
    next: ['capacity', 'service-events', 'stopped-tasks'],
    fix: (n) => ({
      summary: 'Remove what its events name; a new deployment ends the waiting at once.',
      cli: updateService(n, '--force-new-deployment'),
    }),
  }),
  cause('placement-waiting', 'tasks wait for an instance', {
    stage: 1,
    owner: 'capacity',
    meaning: 'A task is PROVISIONING without an instance: the capacity provider has none to give it.',
    confirm: 'Tasks without containerInstanceArn; the Auto Scaling group of the provider and its activities.',
    next: ['capacity', 'service-events'],
    fix: (n) => ({
      summary: 'Let the Auto Scaling group of the capacity provider grow, or free room on its instances.',
      cli: `aws autoscaling describe-scaling-activities --auto-scaling-group-name ${n.scalingGroup ?? 'AUTO_SCALING_GROUP'} --max-items 5`,
    }),
  }),
  cause('init-stuck', 'tasks hang before the image pull', {
    stage: 3,
    owner: 'network',
    meaning:
      'The task has its network and has not begun to pull: registry login, secrets, environment files or logging do not answer. The agent retries for minutes before it says which.',
    confirm: 'connectivityAt without pullStartedAt; stoppedReason of the tries before.',
    next: ['stopped-tasks', 'network', 'iam'],
    fix: none(
      'See that the task reaches ECR, Secrets Manager, SSM and CloudWatch Logs, and that its execution role may.',
    ),
  }),
  cause('pull-slow', 'image pull takes far longer than usual', {
    stage: 4,
    severity: 'warn',
    owner: 'image',
    meaning: 'The images of the task are being pulled for much longer than earlier ones were.',
    confirm: 'pullStartedAt without pullStoppedAt; size of the image against the one before.',
    next: ['image', 'network'],
    fix: (n) => ({
      summary:
        'Make the image smaller, or pull it through an endpoint near the task; the revision before is unharmed.',
      cli: goBack(n),
    }),
  }),
  cause('create-stuck', 'containers are pulled and do not start', {
    stage: 5,
    owner: 'task-definition',
    meaning:
      'All images are there and the task is not RUNNING: a volume, a dependency or the start itself hangs.',
    confirm: 'pullStoppedAt without startedAt; dependsOn of the definition; lastStatus of each container.',
    next: ['stopped-tasks'],
    fix: none('See which container has not started, what it depends on, and which volume it mounts.'),
  }),
  cause('init-container-slow', 'an init container has not finished', {
    stage: 5,
    severity: 'warn',
    owner: 'application',
    meaning: 'Other containers wait until this one has ended, and it runs longer than it usually does.',
    confirm: 'Its log: whether it still works or hangs; startTimeout of those that wait.',
    next: [],
    fix: (n) => ({
      summary: `Read the log of ${n.container ?? 'the container'}: let it end sooner, or give those that wait a longer startTimeout.`,
    }),
  }),
];
