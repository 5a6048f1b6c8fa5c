import type { ContainerDefinition, Task, TaskDefinition } from '@aws-sdk/client-ecs';
import { firelensRoute } from '../logs/firelens.ts';
import { listed } from '../words.ts';

/** Which part of which log groups belongs to the target. */
export interface LogPlace {
  groups: string[];
  /** Where the groups are, if not in the cluster's region. */
  region: string | undefined;
  containers: string[];
  /** How its streams begin; a group may hold those of other services. */
  prefixes: string[];
  /** Whole names, of streams that awslogs gave no prefix. */
  streams: string[];
}

export type Placed =
  | { kind: 'place'; place: LogPlace; notes: string[] }
  | { kind: 'elsewhere'; text: string };

interface Narrow {
  account: string;
  container?: string | undefined;
  /** Id of the one task whose lines are wanted. */
  task?: string | undefined;
}

interface Source {
  container: string;
  group: string;
  region: string | undefined;
  /** How the names of its streams begin, before the task's id. */
  prefix: string | undefined;
  /** The one stream of all tasks. */
  stream?: string;
}

/**
 * Where the containers of these revisions log to, worked out from their log configurations.
 * @param definitions the revision that matters most first
 */
export function placeOf(
  definitions: readonly TaskDefinition[],
  tasks: readonly Task[],
  { account, container, task = '' }: Narrow,
): Placed {
  const containers = definitions.flatMap(({ containerDefinitions = [] }) => containerDefinitions);
  const isWanted = ({ name }: ContainerDefinition) => container === undefined || name === container;
  const wanted = containers.filter(isWanted);
  if (wanted.length === 0) {
    const names = [...new Set(containers.map(({ name }) => name ?? ''))];
    const text =
      container === undefined
        ? 'no task definition could be read, and only it says where the log is'
        : `no task of it has a container ${container}: there is ${listed(names)}`;
    return { kind: 'elsewhere', text };
  }
  const sources = definitions.flatMap((definition) =>
    (definition.containerDefinitions ?? [])
      .filter(isWanted)
      .flatMap((one) => sourceOf(one) ?? routedSource(one, definition, tasks) ?? []),
  );
  const [first] = sources;
  if (!first) return { kind: 'elsewhere', text: elsewhere(wanted) };
  const foreign = accountOf(first.group);
  if (foreign !== undefined && foreign !== account) {
    const text = `the log group belongs to account ${foreign}: its lines are to be asked for there, or from a monitoring account that it shares them with`;
    return { kind: 'elsewhere', text };
  }
  const reached = sources.filter(
    ({ region, group }) => region === first.region && accountOf(group) === foreign,
  );
  return {
    kind: 'place',
    place: {
      groups: distinct(reached.map(({ group }) => group)),
      region: first.region,
      containers: distinct(reached.map((source) => source.container)),
      prefixes: distinct(reached.flatMap(({ prefix }) => (prefix === undefined ? [] : [`${prefix}${task}`]))),
      streams: distinct(
        reached
          .filter(({ prefix }) => prefix === undefined)
          .flatMap(({ stream, container: name }) => stream ?? runtimeIds(tasks, name)),
      ),
    },
    notes: [
      ...elsewhereToo(wanted, reached),
      ...maybeShared(definitions, reached),
      ...(task !== '' && reached.some(({ stream }) => stream !== undefined)
        ? [
            'FireLens writes the lines of all tasks into one stream, so that those of one task cannot be told apart.',
          ]
        : []),
    ],
  };
}

function elsewhereToo(wanted: readonly ContainerDefinition[], reached: readonly Source[]): string[] {
  const left = wanted.filter(({ name }) => !reached.some(({ container }) => container === name));
  const names = distinct(left.map(({ name }) => name ?? ''));
  return names.length === 0 ? [] : [`Not in this log: ${listed(names)}, which logs elsewhere.`];
}

/** Streams are told apart by prefix and container, and those of two services may begin alike. */
function maybeShared(definitions: readonly TaskDefinition[], reached: readonly Source[]): string[] {
  const families = definitions.flatMap(({ family }) => family ?? []);
  const shared = reached.find(
    (source) =>
      !families.some((family) => source.group.includes(family) || beforeContainer(source).includes(family)),
  );
  return shared === undefined
    ? []
    : [
        `${shared.group} may be shared: lines of another service are among these where its streams begin with ${beforeContainer(shared).replace(/\/$/, '') || 'no prefix'} and its container has the same name.`,
      ];
}

/** A container of another service may be called the same, even where it is called as this one's family. */
function beforeContainer({ prefix = '', container }: Source): string {
  const at = prefix.lastIndexOf(container);
  return at === -1 ? prefix : prefix.slice(0, at);
}

function sourceOf({ name = '', logConfiguration }: ContainerDefinition): Source | undefined {
  const { logDriver, options = {} } = logConfiguration ?? {};
  const group = options['awslogs-group'];
  if (logDriver !== 'awslogs' || !group) return undefined;
  const prefix = options['awslogs-stream-prefix'];
  return {
    container: name,
    group,
    region: options['awslogs-region'],
    prefix: prefix ? `${prefix}/${name}/` : undefined,
  };
}

/** Stands for a task's id, to see where FireLens puts it. */
const anyTask = '0'.repeat(32);

/** A container whose lines FireLens takes to CloudWatch, as far as the names of group and stream do not depend on records. */
function routedSource(
  container: ContainerDefinition,
  definition: TaskDefinition,
  tasks: readonly Task[],
): Source | undefined {
  if (container.logConfiguration?.logDriver !== 'awsfirelens') return undefined;
  const arn = definition.taskDefinitionArn;
  const task = tasks.find(({ taskDefinitionArn }) => taskDefinitionArn === arn) ?? tasks[0] ?? {};
  const taskArn = task.taskArn?.replace(/[^/]*$/, anyTask) ?? anyTask;
  const like: Task = { ...task, taskArn, ...(arn !== undefined && { taskDefinitionArn: arn }) };
  const route = firelensRoute(like, definition, container);
  if (route.kind === 'elsewhere' || route.group.includes(anyTask)) return undefined;
  const { group, stream, region } = route;
  const at = stream.indexOf(anyTask);
  const known = { container: container.name ?? '', group, region };
  return at === -1 ? { ...known, prefix: undefined, stream } : { ...known, prefix: stream.slice(0, at) };
}

function elsewhere(containers: readonly ContainerDefinition[]): string {
  const drivers = distinct(
    containers.map(({ logConfiguration }) => logConfiguration?.logDriver ?? 'no log driver'),
  );
  return `${listed(distinct(containers.map(({ name }) => name ?? '')))} logs with ${listed(drivers)}, and Logs Insights reads CloudWatch Logs alone; the command logs says where the lines go`;
}

function accountOf(group: string): string | undefined {
  return group.startsWith('arn:') ? group.split(':')[4] : undefined;
}

function runtimeIds(tasks: readonly Task[], name: string): string[] {
  return tasks.flatMap(({ containers = [] }) =>
    containers.flatMap((container) => (container.name === name ? (container.runtimeId ?? []) : [])),
  );
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)];
}

/** The condition by which only the target's streams are searched; undefined where nothing tells them apart. */
export function streamCondition({ prefixes, streams }: LogPlace): string | undefined {
  if (prefixes.includes('')) return undefined;
  const [first, ...more] = prefixes.map(literal);
  const any = more.length === 0 ? first : `(?:${[first, ...more].join('|')})`;
  const begins = first === undefined ? [] : [`@logStream like /^${any}/`];
  const named =
    streams.length === 0 ? [] : [`@logStream in [${streams.map((name) => JSON.stringify(name)).join(', ')}]`];
  const conditions = [...begins, ...named];
  return conditions.length === 0 ? undefined : conditions.join(' or ');
}

/** Only letters and figures mean themselves in every dialect of regular expressions. */
function literal(text: string): string {
  return text.replace(/[^A-Za-z0-9_-]/g, '\\$&');
}
