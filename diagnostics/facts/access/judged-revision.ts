import type { Service, Task, TaskDefinition } from '@aws-sdk/client-ecs';
import { defineFact, FactFailure } from '../../fact.ts';
import { computeOf } from '../../placement/compute.ts';
import { homeOf } from '../../secret-references/references.ts';
import type { Home } from '../../secret-references/value-from.ts';
import { service } from '../service.ts';
import { deployedTaskDefinitions, taskDefinition } from '../task-definitions.ts';
import { tasks } from '../tasks.ts';

/**
 * What runs the tasks, and so whose agent pulls and writes logs: AWS's own, that of an EC2 instance with the
 * instance's role, that of an instance which AWS manages, or that of a machine elsewhere.
 */
export type Launch = 'fargate' | 'ec2' | 'managed' | 'external' | 'unknown';

/** The revision whose roles and references are looked at, and what it runs on. */
export interface JudgedRevision {
  definition: TaskDefinition;
  home: Home;
  executionRoleArn?: string;
  taskRoleArn?: string;
  compute: 'fargate' | 'instances';
  launch: Launch;
  /** False where it is no longer what the service is to run: it failed and was rolled back. */
  current: boolean;
}

/**
 * The revision that the service is to run; a newer one of the same family whose tasks could not start stands before
 * it, for that is the one that somebody has to mend. Of a task or a family it is the newest task's.
 */
export const judgedRevision = defineFact<JudgedRevision>({
  id: 'judged-revision',
  what: 'the task definition',
  actions: [...new Set([...taskDefinition.actions, ...service.actions, ...tasks.actions])],
  async load({ read, settle, target }) {
    const [described, deployed, known] = await Promise.all([
      target.service === undefined ? undefined : read(service),
      settle(deployedTaskDefinitions),
      settle(tasks),
    ]);
    const stopped = known.ok ? known.value.stopped : [];
    const running = known.ok ? known.value.running : [];
    const asked = target.task === undefined ? undefined : [...running, ...stopped][0];
    const failed = stopped.find(({ stopCode }) => stopCode === 'TaskFailedToStart');
    const newest = asked ?? newestOf([...stopped, ...running]);
    const current = described?.taskDefinition ?? newest?.taskDefinitionArn ?? target.family;
    const arn = asked?.taskDefinitionArn ?? laterOf(current, failed?.taskDefinitionArn);
    if (arn === undefined) throw new FactFailure('No task says which task definition is meant.', 'NotFound');
    const definition = (deployed.ok ? deployed.value[arn] : undefined) ?? (await read(taskDefinition, arn));
    const overrides = (asked ?? (described ? undefined : newest))?.overrides;
    const launch = launchOf(described, newest, definition);
    return {
      definition,
      home: homeOf(definition, { region: target.region, account: target.account }),
      executionRoleArn: overrides?.executionRoleArn ?? definition.executionRoleArn,
      taskRoleArn: overrides?.taskRoleArn ?? definition.taskRoleArn,
      compute: launch === 'fargate' ? 'fargate' : 'instances',
      launch,
      current: arn === current,
    };
  },
});

/** What has failed before a newer revision came is history. */
function laterOf(current: string | undefined, failed: string | undefined): string | undefined {
  if (current === undefined || failed === undefined) return current ?? failed;
  const [family, revision] = parts(current);
  const [other, later] = parts(failed);
  return family === other && later > revision ? failed : current;
}

function parts(arn: string): [family: string, revision: number] {
  const at = arn.lastIndexOf(':');
  return [arn.slice(0, at), Number(arn.slice(at + 1))];
}

function newestOf(known: readonly Task[]): Task | undefined {
  return known.toSorted((a, b) => (b.createdAt?.getTime() ?? 0) - (a.createdAt?.getTime() ?? 0))[0];
}

const launches: Readonly<Record<string, Launch>> = {
  FARGATE: 'fargate',
  EC2: 'ec2',
  MANAGED_INSTANCES: 'managed',
  EXTERNAL: 'external',
};

function launchOf(
  described: Service | undefined,
  task: Task | undefined,
  { requiresCompatibilities = [] }: TaskDefinition,
): Launch {
  // The task knows best: the service may name neither a launch type nor a strategy. A platform version is Fargate's,
  // whatever its launch type will be called.
  if (task?.platformVersion !== undefined) return 'fargate';
  if (task?.launchType !== undefined) return launches[task.launchType] ?? 'unknown';
  const named = described && computeOf(described);
  if (named && named.kind !== 'instances') return named.kind;
  if (!named && requiresCompatibilities.includes('FARGATE')) return 'fargate';
  const own = described?.launchType;
  if (own !== undefined) return launches[own] ?? 'unknown';
  // A capacity provider does not say what its instances are; a definition that is fit for one kind alone does.
  const fit = requiresCompatibilities.filter((one) => one !== 'FARGATE');
  if (fit.includes('EC2') || fit.length === 0) return 'ec2';
  return fit.includes('MANAGED_INSTANCES') ? 'managed' : 'external';
}
