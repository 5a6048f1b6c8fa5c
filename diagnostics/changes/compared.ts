import type { Service, ServiceDeploymentBrief, ServiceRevision } from '@aws-sdk/client-ecs';
import { failuresOf, groupsOf } from '../checks/stops/judge-stops.ts';
import { failedRevisions } from '../checks/stops/revisions.ts';
import { overBecause } from '../checks/stops/superseded.ts';
import type { Scope } from '../fact.ts';
import type { TaskDefinitions } from '../facts/task-definitions.ts';
import type { Tasks } from '../facts/tasks.ts';
import { stopTime } from '../stops.ts';
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
  const [after, before] = versionsOf(known, newest, lastGood ?? newest);
  return {
    from: new Date(from),
    to: new Date(firstStop),
    why:
      good.length > 0
        ? 'the last good start and the first bad stop'
        : 'the last good deployment and the first bad stop',
    before,
    after,
    failing: true,
  };
}

/** The deployment that tasks fail of, and the one before it that succeeded. */
function versionsOf({ history, revisions }: Before, failing: string, good: string): [Version, Version] {
  const deployed = history.map(({ status, targetServiceRevisionArn }) => ({
    status,
    revision: revisions[targetServiceRevisionArn ?? ''],
  }));
  const index = deployed.findIndex(({ revision }) => revision?.taskDefinition === failing);
  const after = index < 0 ? undefined : deployed[index]?.revision;
  const older = index < 0 ? [] : deployed.slice(index + 1);
  const before = older.find(
    ({ status, revision }) => hasSucceeded({ status }) && revision?.taskDefinition === good,
  );
  return [
    { definition: failing, revision: after },
    { definition: good, revision: before?.revision ?? (good === failing ? after : undefined) },
  ];
}

function sinceThen(
  { history, revisions, service }: Before,
  since: Date,
  now: Date,
  failing: boolean,
): Compared {
  const revisionOf = (deployment: ServiceDeploymentBrief | undefined) =>
    revisions[deployment?.targetServiceRevisionArn ?? ''];
  const after = revisionOf(history[0]);
  const before = revisionOf(
    history.find(({ createdAt, status }) => createdAt && createdAt <= since && hasSucceeded({ status })),
  );
  return {
    from: since,
    to: now,
    why: 'as asked',
    before: { definition: (before ?? after)?.taskDefinition, revision: before ?? after },
    after: { definition: after?.taskDefinition ?? service?.taskDefinition, revision: after },
    failing,
  };
}

function betweenDeployments({ history, revisions, service }: Before, now: Date): Compared {
  const [newest, ...older] = history;
  const previous = older.find(
    ({ targetServiceRevisionArn, status }) =>
      hasSucceeded({ status }) && targetServiceRevisionArn !== newest?.targetServiceRevisionArn,
  );
  const after = revisions[newest?.targetServiceRevisionArn ?? ''];
  const before = revisions[previous?.targetServiceRevisionArn ?? ''];
  const from = previous?.finishedAt ?? previous?.createdAt ?? newest?.finishedAt ?? newest?.createdAt;
  return {
    from: from ?? service?.createdAt ?? now,
    to: now,
    why: previous
      ? 'the deployment before the newest and now'
      : 'its only deployment that ECS remembers and now',
    before: { definition: (before ?? after)?.taskDefinition, revision: before ?? after },
    after: { definition: after?.taskDefinition ?? service?.taskDefinition, revision: after },
    failing: false,
  };
}
