import type { Service, TaskSet } from '@aws-sdk/client-ecs';
import { newestTaskSet } from '../../of-deployment.ts';
import { revisionOf } from '../../words.ts';
import type { Rollout } from './rollout.ts';

/** Who rolls the service out: ECS itself, CodeDeploy, or a program of the customer's. */
export function controllerOf({ deploymentController }: Service): string {
  return deploymentController?.type ?? 'ECS';
}

/**
 * Whether the deployment's age says anything: not while another controller waits with steady task sets, not while it
 * queues behind another deployment, and not where no task is wanted.
 */
export function ownPace({ service, status }: Rollout): boolean {
  if (status === 'PENDING' || service.desiredCount === 0) return false;
  return controllerOf(service) === 'ECS' || newestTaskSet(service)?.stabilityStatus === 'STABILIZING';
}

/** Task sets, newest first, as a line each. rolloutState does not exist for these controllers: its absence says nothing. */
export function taskSetWords({ taskSets = [] }: Service): string[] {
  return [...taskSets]
    .sort((a, b) => (b.createdAt?.getTime() ?? 0) - (a.createdAt?.getTime() ?? 0))
    .map(wordsOf);
}

function wordsOf(set: TaskSet): string {
  const share = set.scale?.value === undefined ? undefined : `scaled to ${set.scale.value} %`;
  const stability = set.stabilityStatus?.replaceAll('_', ' ').toLowerCase();
  const since = set.stabilityStatusAt?.toISOString();
  return [
    `${set.status ?? 'UNKNOWN'} ${revisionOf(set.taskDefinition)}`,
    `${set.runningCount ?? 0} of ${set.computedDesiredCount ?? 0} running`,
    share,
    stability && `${stability}${since === undefined ? '' : ` since ${since}`}`,
  ]
    .filter(Boolean)
    .join(', ');
}

/** Where the rest is told: the controller's own deployment. */
export function controllerWords(service: Service, region: string): string | undefined {
  const controller = controllerOf(service);
  if (controller === 'EXTERNAL')
    return 'a program outside of ECS decides how it goes on; ECS only keeps the task sets that it asks for';
  if (controller !== 'CODE_DEPLOY') return undefined;
  // Of a task set that CodeDeploy made, externalId is the id of its deployment.
  const id = newestTaskSet(service)?.externalId;
  const ask =
    id === undefined || !/^d-\w+$/.test(id)
      ? ''
      : `: aws deploy get-deployment --deployment-id ${id} --region ${region}`;
  return `CodeDeploy decides how it goes on, and holds the hooks, the traffic shift and the reason of a rollback${ask}`;
}
