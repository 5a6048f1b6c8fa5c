import type { ContainerDefinition, TaskDefinition } from '@aws-sdk/client-ecs';

/** One difference between two revisions of a task definition. Values of variables never appear. */
export interface RevisionChange {
  /** `app` or, for the task itself, undefined. */
  container?: string;
  /** What differs, in the API's name for it. */
  field: string;
  /** The name of a variable or secret, where the field is one of many. */
  name?: string;
  kind: 'added' | 'removed' | 'changed';
  before?: string;
  after?: string;
}

/** What differs between two revisions, the things that stop tasks first. */
export function revisionChanges(before: TaskDefinition, after: TaskDefinition): RevisionChange[] {
  const containersBefore = byName(before.containerDefinitions);
  const containersAfter = byName(after.containerDefinitions);
  const names = [...new Set([...containersBefore.keys(), ...containersAfter.keys()])];
  return [
    ...names.flatMap((name) => containerChanges(name, containersBefore.get(name), containersAfter.get(name))),
    ...plainChanges(undefined, taskFields(before), taskFields(after)),
    ...plainChanges(undefined, ...others(before, after, ofTask)),
  ];
}

/** A change in words: `memory 1024 → 512 MiB`, `TAX_ENDPOINT removed`. */
export function changeInWords({ field, name, kind, before, after }: RevisionChange): string {
  if (name !== undefined) return `${name} ${kind}`;
  const unit = field.startsWith('memory') ? ' MiB' : '';
  // A structure reads as JSON, which says less in a sentence than that it changed.
  if (before === undefined || after === undefined || /^[[{]/.test(after)) return `${field} ${kind}`;
  return `${field} ${before} → ${after}${unit}`;
}

function byName(containers: ContainerDefinition[] | undefined): Map<string, ContainerDefinition> {
  return new Map((containers ?? []).map((container) => [container.name ?? '', container]));
}

function containerChanges(
  container: string,
  before: ContainerDefinition | undefined,
  after: ContainerDefinition | undefined,
): RevisionChange[] {
  if (!before || !after)
    return [{ container, field: 'container', name: container, kind: before ? 'removed' : 'added' }];
  return [
    ...plainChanges(container, containerFields(before), containerFields(after)),
    ...namedChanges(container, 'environment', variables(before), variables(after)),
    ...namedChanges(container, 'secrets', secrets(before), secrets(after)),
    ...plainChanges(container, ...others(before, after, ofContainer)),
  ];
}

function containerFields(container: ContainerDefinition): Record<string, string | undefined> {
  return {
    image: container.image,
    memory: text(container.memory),
    memoryReservation: text(container.memoryReservation),
    cpu: text(container.cpu || undefined),
    command: container.command?.join(' '),
    entryPoint: container.entryPoint?.join(' '),
    essential: text(container.essential),
    stopTimeout: text(container.stopTimeout),
    portMappings: json(container.portMappings),
    healthCheck: json(container.healthCheck),
    dependsOn: json(container.dependsOn),
    mountPoints: json(container.mountPoints),
    logConfiguration: json(container.logConfiguration),
  };
}

function taskFields(task: TaskDefinition): Record<string, string | undefined> {
  return {
    cpu: task.cpu,
    memory: task.memory,
    taskRoleArn: task.taskRoleArn,
    executionRoleArn: task.executionRoleArn,
    networkMode: task.networkMode,
    runtimePlatform: json(task.runtimePlatform),
    ephemeralStorage: json(task.ephemeralStorage),
    volumes: json(task.volumes),
  };
}

const ofContainer = new Set(['name', 'environment', 'secrets', ...Object.keys(containerFields({}))]);
/** What a revision is called, and what ECS works out of it. */
const ofTask = new Set([
  'taskDefinitionArn',
  'containerDefinitions',
  'family',
  'revision',
  'status',
  'requiresAttributes',
  'compatibilities',
  'registeredAt',
  'registeredBy',
  'deregisteredAt',
  ...Object.keys(taskFields({})),
]);

/** Every other field that ECS knows, today's and those that come; a structure is only said to have changed. */
function others<Definition extends object>(
  before: Definition,
  after: Definition,
  known: ReadonlySet<string>,
): [Record<string, string | undefined>, Record<string, string | undefined>] {
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (key) => !known.has(key),
  );
  const read = (definition: object) =>
    Object.fromEntries(
      fields.map((field) => {
        const value: unknown = Reflect.get(definition, field);
        return [field, typeof value === 'string' ? value : json(value)];
      }),
    );
  return [read(before), read(after)];
}

function variables(container: ContainerDefinition): Map<string, string> {
  return new Map((container.environment ?? []).map(({ name, value }) => [name ?? '', value ?? '']));
}

function secrets(container: ContainerDefinition): Map<string, string> {
  return new Map((container.secrets ?? []).map(({ name, valueFrom }) => [name ?? '', valueFrom ?? '']));
}

function plainChanges(
  container: string | undefined,
  before: Record<string, string | undefined>,
  after: Record<string, string | undefined>,
): RevisionChange[] {
  return Object.keys(before).flatMap((field) => {
    const change = { container, field, before: before[field], after: after[field] };
    if (change.before === change.after) return [];
    return [{ ...change, kind: kindOf(change.before, change.after) }];
  });
}

function namedChanges(
  container: string,
  field: string,
  before: Map<string, string>,
  after: Map<string, string>,
): RevisionChange[] {
  const names = [...new Set([...before.keys(), ...after.keys()])];
  return names
    .filter((name) => before.get(name) !== after.get(name))
    .map((name) => ({ container, field, name, kind: kindOf(before.get(name), after.get(name)) }));
}

function kindOf(before: string | undefined, after: string | undefined): RevisionChange['kind'] {
  if (before === undefined) return 'added';
  return after === undefined ? 'removed' : 'changed';
}

function text(value: number | boolean | undefined): string | undefined {
  return value === undefined ? undefined : String(value);
}

/** Undefined, an empty list and an empty structure mean the same to ECS. */
function json(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'object' && Object.keys(value).length === 0) return undefined;
  return JSON.stringify(value);
}
