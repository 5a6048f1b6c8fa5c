import type { Task } from '@aws-sdk/client-ecs';
import type { JudgedRight } from '../../access/judge-right.ts';
import { accountIn } from '../../access/right.ts';
import type { FixNames } from '../../causes/cause.ts';
import type { JudgeContext } from '../../check.ts';
import type { AccessRoles } from '../../facts/access/access-roles.ts';
import type { JudgedRevision } from '../../facts/access/judged-revision.ts';
import type { NeededPlaces } from '../../facts/access/needed-places.ts';
import type { NeededSecrets } from '../../facts/access/needed-secrets.ts';
import type { Tasks } from '../../facts/tasks.ts';
import { namesFor } from '../../findings.ts';
import type { Evidence, Target } from '../../report.ts';
import { type NeededSecret, type References, referencesOf } from '../../secret-references/references.ts';
import { revisionOf } from '../../words.ts';

/** All that the parts of the check draw on. What is undefined has not come, or could not be read. */
export interface Known {
  context: JudgeContext;
  revision: JudgedRevision;
  references: References;
  roles: AccessRoles | undefined;
  secrets: NeededSecrets | undefined;
  places: NeededPlaces | undefined;
  rights: JudgedRight[];
  tasks: Tasks | undefined;
  /** When the newest task of the revision started: until then all that it needs was there. Undefined where one failed since. */
  provenAt: Date | undefined;
  /** Tasks of the revision that run, and had what they needed when they started. */
  runs: number;
  names: FixNames;
}

export function knownOf(
  context: JudgeContext,
  revision: JudgedRevision,
  given: Pick<Known, 'roles' | 'secrets' | 'places' | 'rights' | 'tasks'>,
): Known {
  const { definition, executionRoleArn, taskRoleArn, home } = revision;
  const own = (tasks: readonly Task[] = []) =>
    tasks.filter((task) => task.taskDefinitionArn === definition.taskDefinitionArn);
  const running = own(given.tasks?.running).filter(({ startedAt }) => startedAt !== undefined);
  const stopped = own(given.tasks?.stopped);
  // A job that has ended proves as much as a task that runs.
  const startedAt = latest([...running, ...stopped].map((task) => task.startedAt));
  const failedAt = latest(
    stopped.filter(({ stopCode }) => stopCode === 'TaskFailedToStart').map(({ stoppedAt }) => stoppedAt),
  );
  return {
    context,
    revision,
    references: referencesOf(definition, home),
    ...given,
    provenAt: startedAt && failedAt && failedAt > startedAt ? undefined : startedAt,
    runs: running.length,
    names: {
      ...namesFor(context.target, { definition }),
      ...(executionRoleArn && { executionRoleArn }),
      ...(taskRoleArn && { taskRoleArn }),
    },
  };
}

/** Whether a right that is not allowed is worth a finding. */
export function counts({ provenAt, revision }: Known, { state, certain, right, half }: JudgedRight): boolean {
  if (state === 'denied') return certain || provenAt === undefined || right.kind === 'call';
  // That one side was not looked at is no sign of a fault: the answer says it.
  if (half) return false;
  // The check of the images reads the policy of a repository in another account, and says what is open then.
  const isForeign = right.kind === 'image' && accountIn(right.resource) !== revision.home.account;
  return state === 'open' && provenAt === undefined && right.kind !== 'call' && !isForeign;
}

function latest(times: readonly (Date | undefined)[]): Date | undefined {
  return times.filter((time) => time !== undefined).sort((a, b) => b.getTime() - a.getTime())[0];
}

/** Where a secret is named, for a sentence: `DATABASE_URL of app`. */
export function usedBy({ purpose, name, origin }: NeededSecret): string {
  return purpose === 'variable' ? `${name} of ${origin.container}` : `${purpose} of ${origin.container}`;
}

/** What the task definition says, as evidence. */
export function inDefinition(
  { revision, context }: Known,
  container: string,
  field: string,
  value: string,
): Evidence {
  const arn = revision.definition.taskDefinitionArn ?? '';
  return {
    api: 'ecs:DescribeTaskDefinition',
    field: `containerDefinitions[${container}].${field}`,
    value: value === '' ? '(empty)' : value,
    cli: byHand(context.target, `ecs describe-task-definition --task-definition ${revisionOf(arn)}`),
  };
}

/** A command that shows the same by hand, in the region of the target unless another is meant. */
export function byHand(target: Target, command: string, region = target.region): string {
  return `aws ${command} --region ${region}`;
}
