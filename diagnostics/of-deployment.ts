import type { Deployment, Service, ServiceDeploymentBrief, Task } from '@aws-sdk/client-ecs';

/** The newest deployment, as far as each of ECS's two ways of telling it is known. */
export interface Newest {
  service: Service;
  /** Of ListServiceDeployments. */
  newest?: ServiceDeploymentBrief | undefined;
  /** ARN of the task definition that it deploys. */
  definition?: string | undefined;
}

/** How far apart the two may date the same deployment. Milliseconds. */
const sameMoment = 2 * 60_000;

/**
 * The deployment in DescribeServices that is the newest service deployment. The id in the ARN of the one
 * is not the id of the other (`ecs-svc/…`), so they meet by revision and time. A deployment that was rolled back
 * is no longer listed.
 */
export function listedDeployment({ service, newest, definition }: Newest): Deployment | undefined {
  const listed = service.deployments ?? [];
  if (!newest) return listed.find(({ status }) => status === 'PRIMARY');
  const times = [newest.startedAt, newest.createdAt].filter((time) => time !== undefined);
  return listed.find(
    ({ createdAt, taskDefinition }) =>
      (definition === undefined || taskDefinition === definition) &&
      times.some((time) => Math.abs(time.getTime() - (createdAt?.getTime() ?? 0)) <= sameMoment),
  );
}

/** Whether the newest deployment started this task. */
export function isOfDeployment(task: Task, of: Newest): boolean {
  const sets = of.service.taskSets ?? [];
  if (sets.length > 0) return task.startedBy === newestTaskSet(of.service)?.id;
  const listed = listedDeployment(of);
  if (listed) return task.startedBy === listed.id;
  const { newest, definition, service } = of;
  if (!newest) return true;
  const began = (newest.startedAt ?? newest.createdAt)?.getTime() ?? 0;
  const ended = newest.finishedAt?.getTime() ?? Number.POSITIVE_INFINITY;
  const created = task.createdAt?.getTime() ?? 0;
  return (
    (definition === undefined || task.taskDefinitionArn === definition) &&
    created >= began - 10_000 &&
    created <= ended &&
    !service.deployments?.some(({ id }) => id === task.startedBy)
  );
}

/** The task set that CodeDeploy or somebody else's controller made last. */
export function newestTaskSet(service: Service) {
  return [...(service.taskSets ?? [])].sort(
    (a, b) => (b.createdAt?.getTime() ?? 0) - (a.createdAt?.getTime() ?? 0),
  )[0];
}
