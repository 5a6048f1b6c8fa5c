import type {
  Deployment,
  Service,
  ServiceDeployment,
  ServiceDeploymentBrief,
  Task,
} from '@aws-sdk/client-ecs';
import { readOf, type Settled } from '../../fact.ts';
import type { DeploymentAlarm } from '../../facts/deployment-alarms.ts';
import type { ServiceRevisions } from '../../facts/service-revisions.ts';
import type { Tasks } from '../../facts/tasks.ts';
import { isOfDeployment, listedDeployment, newestTaskSet } from '../../of-deployment.ts';
import type { Target } from '../../report.ts';
import { revisionOf } from '../../words.ts';
import { type Durations, durationsOf } from './history.ts';

/** All that the deployments check has read; what has not come yet is absent. */
export interface RolloutFacts {
  service: Service;
  serviceDeployments?: Settled<ServiceDeploymentBrief[]>;
  deploymentDetails?: Settled<ServiceDeployment[]>;
  serviceRevisions?: Settled<ServiceRevisions>;
  tasks?: Settled<Tasks>;
  deploymentAlarms?: Settled<DeploymentAlarm[]>;
  alarmsBefore?: Settled<Record<string, string>>;
  deregistrationDelay?: Settled<Record<string, number>>;
  taskProtection?: Settled<{ taskArn?: string; expirationDate?: Date }[]>;
}

/** The newest deployment, put together from ECS's two ways of telling it. */
export interface Rollout {
  target: Target;
  service: Service;
  now: number;
  /** Of the service deployments API; absent where that could not be read. */
  brief: ServiceDeploymentBrief | undefined;
  details: ServiceDeployment | undefined;
  /** The same deployment in DescribeServices; absent once it was rolled back. */
  listed: Deployment | undefined;
  /** Other deployments that still have tasks. */
  others: Deployment[];
  /** Older deployments, newest first. */
  history: ServiceDeploymentBrief[];
  status: string;
  /** family:revision that is deployed. */
  revision: string;
  /** family:revision that it replaces, or went back to. */
  previous: string | undefined;
  startedAt: number | undefined;
  finishedAt: number | undefined;
  /** Milliseconds from its start to its end, or to now. */
  age: number;
  usual: Durations | undefined;
  /** Its own tasks that are meant to run, and those of others. */
  own: Task[];
  old: Task[];
  /** Tasks that are on their way out. */
  stopping: Task[];
  /** Its own stopped tasks, newest first. */
  stops: Task[];
  /** False until the tasks have been read, and where there are more running ones than were described. */
  tasksKnown: boolean;
}

export function rolloutOf(facts: RolloutFacts, target: Target, now: Date): Rollout {
  const { service } = facts;
  const briefs = readOf(facts.serviceDeployments) ?? [];
  const revisions = readOf(facts.serviceRevisions) ?? {};
  const [brief, ...history] = briefs;
  const definition = revisions[brief?.targetServiceRevisionArn ?? '']?.taskDefinition;
  const of = { service, newest: brief, definition };
  const listed = listedDeployment(of);
  const details = readOf(facts.deploymentDetails)?.find(
    ({ serviceDeploymentArn }) => serviceDeploymentArn === brief?.serviceDeploymentArn,
  );
  const set = newestTaskSet(service);
  const startedAt = (brief?.startedAt ?? brief?.createdAt ?? listed?.createdAt ?? set?.createdAt)?.getTime();
  const finishedAt = brief?.finishedAt?.getTime();
  const tasks = readOf(facts.tasks);
  const stops = (tasks?.stopped ?? []).filter((task) => isOfDeployment(task, of));
  const status = details?.status ?? brief?.status ?? statusOf(service);
  // Of a deployment that is no longer listed the service's own definition is that of another one.
  const deployed =
    definition ??
    listed?.taskDefinition ??
    set?.taskDefinition ??
    (brief && status !== 'SUCCESSFUL' ? stops[0]?.taskDefinitionArn : service.taskDefinition);
  const running = tasks?.running ?? [];
  const own = running.filter((task) => isOfDeployment(task, of));
  const source = details?.sourceServiceRevisions?.[0]?.arn ?? details?.rollback?.serviceRevisionArn;
  const others = (service.deployments ?? []).filter((deployment) => deployment !== listed);
  const before =
    revisions[details?.rollback?.serviceRevisionArn ?? source ?? '']?.taskDefinition ??
    others[0]?.taskDefinition;
  return {
    target,
    service,
    now: now.getTime(),
    brief,
    details,
    listed,
    others,
    history,
    status,
    revision: nameOf(deployed),
    previous: before === undefined ? undefined : revisionOf(before),
    startedAt,
    finishedAt,
    // AWS's clock may be ahead of this one.
    age: startedAt === undefined ? 0 : Math.max(0, (finishedAt ?? now.getTime()) - startedAt),
    usual: durationsOf(history),
    own,
    old: running.filter((task) => !own.includes(task)),
    stopping: tasks?.stopping ?? [],
    stops,
    tasksKnown: tasks?.runningComplete === true,
  };
}

function nameOf(definition: string | undefined): string {
  return definition === undefined ? 'the new revision' : revisionOf(definition);
}

/** Tasks of this deployment that run; from DescribeServices where the tasks could not be read. */
export function runningOf({ tasksKnown, own, listed }: Rollout): number {
  if (!tasksKnown) return listed?.runningCount ?? 0;
  return own.filter(({ lastStatus }) => lastStatus === 'RUNNING').length;
}

/** What DescribeServices alone tells of the status, in the words of the service deployments API. */
function statusOf({ deployments = [], taskSets = [] }: Service): string {
  const primary = deployments.find(({ status }) => status === 'PRIMARY');
  if (primary?.rolloutState === 'FAILED') return 'STOPPED';
  if (primary?.rolloutState === 'COMPLETED') return 'SUCCESSFUL';
  // rolloutState exists for rolling deployments of the ECS controller alone.
  const several = deployments.length > 1 || taskSets.length > 1;
  return primary?.rolloutState === 'IN_PROGRESS' || several ? 'IN_PROGRESS' : 'SUCCESSFUL';
}

const underWay = new Set([
  'PENDING',
  'IN_PROGRESS',
  'STOP_REQUESTED',
  'ROLLBACK_REQUESTED',
  'ROLLBACK_IN_PROGRESS',
]);

/** Whether nothing more will happen to a deployment of this status. A status that is new here counts as under way. */
export function isEnded(status: string): boolean {
  return !underWay.has(status) && /^(?:SUCCESSFUL|STOPPED|ROLLBACK_(?:SUCCESSFUL|FAILED))$/.test(status);
}

/** The name of a hook's function, whatever version or alias of it is called. */
export function functionOf(targetArn: string | undefined): string | undefined {
  return /:function:(?<name>[^:]+)/.exec(targetArn ?? '')?.groups?.name ?? targetArn?.split(':').at(-1);
}

/** `the service deployments API` names no command of its own for the evidence; this does. */
export function describeDeployment({ target, brief }: Rollout): string {
  const arn = brief?.serviceDeploymentArn;
  return arn === undefined
    ? `aws ecs list-service-deployments --cluster ${target.cluster} --service ${target.service} --region ${target.region}`
    : `aws ecs describe-service-deployments --service-deployment-arns ${arn} --region ${target.region}`;
}
