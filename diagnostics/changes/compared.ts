import type { Service, ServiceDeploymentBrief, ServiceRevision } from '@aws-sdk/client-ecs';
import { failuresOf, groupsOf } from '../checks/stops/judge-stops.ts';
import { failedRevisions } from '../checks/stops/revisions.ts';
import { overBecause } from '../checks/stops/superseded.ts';
import type { Scope } from '../fact.ts';
import type { TaskDefinitions } from '../facts/task-definitions.ts';
import type { Tasks } from '../facts/tasks.ts';
import { stopTime } from '../stop-time.ts';
import { hasSucceeded } from './succeeded.ts';

/** What is known where changes are looked for; what could not be read is empty. */
export interface Before {
  tasks: Tasks;
  service: Service | undefined;
  definitions: TaskDefinitions;
  /** Newest first. */
  history: readonly ServiceDeploymentBrief[];
  revisions: Readonly<Record<string, ServiceRevision>>;
}

/** The two moments between which changes are looked for, and what was deployed at each. */
export interface Compared {
  from: Date;
  to: Date;
  /** Reads on after "between … and …, ". */
  why: string;
  before: Version;
  after: Version;
  /** Whether tasks fail. */
  failing: boolean;
  /**
   * What ECS does not tell of the two versions, in words that read on after "not checked: ". Of revisions that were
   * made before October 2024 it answers MISSING, and deployments it remembers for 90 days.
   */
  unknown: string[];
}

export interface Version {
  /** ARN of the task definition. */
  definition?: string | undefined;
  revision?: ServiceRevision | undefined;
}

/**
 * Between the last good start and the first bad stop; where nothing fails between the two newest deployments, and
 * where somebody says since when, since then.
 */
export function comparedOf(known: Before, { now, since }: Pick<Scope, 'now' | 'since'>): Compared {
  const failure = failureOf(known);
  if (since) return sinceThen(known, since, now, failure !== undefined);
  return failure ?? betweenDeployments(known, now);
}

function failureOf(known: Before): Compared | undefined {
  const { tasks, service, history } = known;
  const groups = groupsOf({ ...known, stopped: tasks.stopped, logs: [] })
    .filter(({ cause }) => cause.severity === 'error')
    .filter((group) => overBecause(failuresOf(group), service, history) === undefined);
  const { newest, lastGood } = failedRevisions(groups, service, tasks.running);
  if (newest === undefined) return undefined;
  const failed = groups.flatMap(({ stops }) =>
    stops.map(({ task }) => task).filter(({ taskDefinitionArn }) => taskDefinitionArn === newest),
  );
  const firstStop = Math.min(...failed.map(stopTime).filter((time) => time > 0));
  const firstStart = Math.min(...failed.flatMap(({ createdAt }) => createdAt?.getTime() ?? []));
  const good = [...tasks.running, ...tasks.stopped]
    .filter((task) => !failed.includes(task) && (lastGood ? task.taskDefinitionArn === lastGood : true))
    .flatMap(({ startedAt, lastStatus, desiredStatus }) =>
      startedAt && (lastStatus === 'RUNNING' || desiredStatus === 'STOPPED') ? startedAt.getTime() : [],
    )
    .filter((time) => time < firstStart);
  const deployed = history
    .filter(hasSucceeded)
    .flatMap(({ finishedAt }) => finishedAt?.getTime() ?? [])
    .filter((time) => time < firstStart);
  const from = good.length > 0 ? Math.max(...good) : (deployed[0] ?? service?.createdAt?.getTime());
  if (!Number.isFinite(firstStop) || from === undefined) return undefined;
  return {
    from: new Date(from),
    to: new Date(firstStop),
    why:
      good.length > 0
        ? 'the last good start and the first bad stop'
        : 'the last good deployment and the first bad stop',
    ...versionsOf(known, newest, lastGood ?? newest, from),
    failing: true,
  };
}

type Versions = Pick<Compared, 'before' | 'after' | 'unknown'>;

/** The deployment that tasks fail of, and the one before it that succeeded. */
function versionsOf(known: Before, failing: string, good: string, from: number): Versions {
  const { history, revisions } = known;
  const deployed = history.map((brief) => ({ brief, revision: revisionOf(revisions, brief) }));
  // A deployment of which ECS does not tell what it deployed may be either of the two.
  const index = deployed.findIndex(({ revision }) => !revision || revision.taskDefinition === failing);
  const after = deployed[index];
  const older = index < 0 ? [] : deployed.slice(index + 1);
  const before = older.find(
    ({ brief, revision }) => hasSucceeded(brief) && (!revision || revision.taskDefinition === good),
  );
  const isOnly = good === failing && before === undefined;
  return {
    before: { definition: good, revision: isOnly ? after?.revision : before?.revision },
    after: { definition: failing, revision: after?.revision },
    unknown: [...unlisted(known, from), ...untold(after, before)],
  };
}

function revisionOf(
  revisions: Before['revisions'],
  deployment: ServiceDeploymentBrief | undefined,
): ServiceRevision | undefined {
  return revisions[deployment?.targetServiceRevisionArn ?? ''];
}

function untold(
  ...deployed: ({ brief: ServiceDeploymentBrief; revision: ServiceRevision | undefined } | undefined)[]
): string[] {
  return deployed.flatMap((one) =>
    one && !one.revision ? [`what was deployed at ${one.brief.createdAt?.toISOString() ?? 'some time'}`] : [],
  );
}

function sinceThen(known: Before, since: Date, now: Date, failing: boolean): Compared {
  const { history, service } = known;
  const ranThen = history.find((brief) => brief.createdAt && brief.createdAt <= since && hasSucceeded(brief));
  const isYounger = service?.createdAt !== undefined && service.createdAt > since;
  // What ran then may have been forgotten: the oldest deployment that is remembered stands in for it.
  const forgotten = !ranThen && !isYounger && history.length > 0;
  const versions = twoOf(known, history[0], ranThen ?? history.findLast(hasSucceeded) ?? history[0]);
  return {
    from: since,
    to: now,
    why: 'as asked',
    failing,
    ...versions,
    unknown: [
      ...(forgotten ? [`what ran at ${since.toISOString()}`] : []),
      ...unlisted(known, since.getTime()),
      ...versions.unknown,
    ],
  };
}

function betweenDeployments(known: Before, now: Date): Compared {
  const { history, service } = known;
  const [newest, ...older] = history;
  const previous = older.find(
    ({ targetServiceRevisionArn, status }) =>
      hasSucceeded({ status }) && targetServiceRevisionArn !== newest?.targetServiceRevisionArn,
  );
  const from = previous?.finishedAt ?? previous?.createdAt ?? newest?.finishedAt ?? newest?.createdAt;
  const versions = twoOf(known, newest, previous ?? newest);
  return {
    from: from ?? standingSince(service) ?? service?.createdAt ?? now,
    to: now,
    why: previous
      ? 'the deployment before the newest and now'
      : 'its only deployment that ECS remembers and now',
    failing: false,
    ...versions,
    unknown: [...unlisted(known, now.getTime() - remembered), ...versions.unknown],
  };
}

/** How long ECS remembers a deployment. */
const remembered = 90 * 86_400_000;

/**
 * What may have been deployed after a time where ECS lists no deployment: none of CodeDeploy or another program, and
 * none of its own that it has forgotten.
 *
 * @param after as of the epoch, milliseconds
 */
function unlisted({ history, service }: Before, after: number): string[] {
  if (history.length > 0) return [];
  const since = standingSince(service);
  if (since === undefined) return ['what was deployed'];
  return since.getTime() <= after ? [] : [`what ran before ${since.toISOString()}`];
}

/** When what runs now was deployed, as the service itself has it. */
function standingSince(service: Service | undefined): Date | undefined {
  const all = [...(service?.deployments ?? []), ...(service?.taskSets ?? [])];
  return all.find(({ status }) => status === 'PRIMARY')?.createdAt;
}

/** What two deployments deployed; where it is not told, they are not compared. */
function twoOf(
  { revisions, service }: Before,
  newest: ServiceDeploymentBrief | undefined,
  previous: ServiceDeploymentBrief | undefined,
): Versions {
  const [after, before] = [newest, previous].map((brief) => revisionOf(revisions, brief));
  const told = [newest, previous].map((brief) => brief && { brief, revision: revisionOf(revisions, brief) });
  return {
    before: { definition: before?.taskDefinition, revision: before },
    after: { definition: after?.taskDefinition ?? service?.taskDefinition, revision: after },
    unknown: [...new Set(untold(...told))],
  };
}
