import type { ContainerInstance, Resource } from '@aws-sdk/client-ecs';
import type { TaskNeeds } from './needs.ts';

/** What an instance may lack, in the order in which it is looked at. */
export type LackKind =
  | 'inactive'
  | 'agent'
  | 'platform'
  | 'attribute'
  | 'constraint'
  | 'distinct'
  | 'zone'
  | 'gpu'
  | 'port'
  | 'interface'
  | 'memory'
  | 'cpu';

export interface Lack {
  kind: LackKind;
  /** What the instance has of what is needed: `1024 MiB free`. */
  has: string;
  /** The amount behind it, to tell the best candidate; more is nearer. */
  amount: number;
}

export interface Candidate {
  instance: ContainerInstance;
  lacks: Lack[];
  /** What it may lack besides: the facts that tell were not read, or no API has them. */
  unsure: LackKind[];
}

/** What else than the instance itself decides. */
export interface FitContext {
  /** For each constraint that could be read: which instances ECS says it matches, and whether those are all. */
  constraints: readonly { expression: string; instances: readonly string[]; complete: boolean }[];
  /** Instances that already run a task of this service, where each may have only one. */
  taken: readonly string[];
  /** Zones of the service's subnets; empty where they do not matter or are not known. */
  zones: readonly string[];
  /** Interfaces that an instance of a type can have, the primary one with them. */
  interfaces: Readonly<Record<string, number>>;
  /** Tasks of this service on each instance, by its ARN. */
  own?: Readonly<Record<string, number>>;
  /** What could not be read of any instance. */
  unread?: readonly LackKind[];
}

/** Compares one task with one instance, as the scheduler does. */
export function candidateOf(instance: ContainerInstance, needs: TaskNeeds, context: FitContext): Candidate {
  const lacks = [
    ...stateLacks(instance),
    ...attributeLacks(instance, needs),
    ...ruleLacks(instance, needs, context),
    ...resourceLacks(instance, needs, context),
  ];
  const known = new Set(lacks.map(({ kind }) => kind));
  return { instance, lacks, unsure: unsureOf(instance, needs, context).filter((kind) => !known.has(kind)) };
}

function unsureOf(instance: ContainerInstance, needs: TaskNeeds, context: FitContext): LackKind[] {
  const arn = instance.containerInstanceArn ?? '';
  const unlisted = context.constraints.some(
    ({ instances, complete }) => !complete && !instances.includes(arn),
  );
  return [
    ...(unlisted ? ['constraint' as const] : []),
    ...(needs.awsvpc && interfacesOf(instance, context).unsure ? ['interface' as const] : []),
    ...(context.unread ?? []),
  ];
}

function stateLacks({ status, agentConnected }: ContainerInstance): Lack[] {
  if (status !== 'ACTIVE')
    return [{ kind: 'inactive', has: `is ${status ?? 'in an unknown state'}`, amount: 0 }];
  return agentConnected ? [] : [{ kind: 'agent', has: 'its agent is disconnected', amount: 0 }];
}

function attributeLacks(instance: ContainerInstance, needs: TaskNeeds): Lack[] {
  const architecture = attribute(instance, 'ecs.cpu-architecture');
  const os = attribute(instance, 'ecs.os-type');
  const platform = [
    ...(needs.architecture && architecture && architecture !== needs.architecture ? [architecture] : []),
    ...(needs.os && os && os !== needs.os ? [os] : []),
  ];
  const missing = needs.attributes.filter(
    ({ name, value }) =>
      !instance.attributes?.some((own) => own.name === name && (value === undefined || own.value === value)),
  );
  return [
    ...(platform.length > 0
      ? [{ kind: 'platform' as const, has: `is ${platform.join(' ')}`, amount: 0 }]
      : []),
    ...(missing.length > 0
      ? [
          {
            kind: 'attribute' as const,
            has: `lacks ${missing.map(({ name, value }) => (value === undefined ? name : `${name}=${value}`)).join(', ')}`,
            amount: -missing.length,
          },
        ]
      : []),
  ];
}

function ruleLacks(instance: ContainerInstance, needs: TaskNeeds, context: FitContext): Lack[] {
  const arn = instance.containerInstanceArn ?? '';
  // An instance that is not in an unfinished list may well match.
  const unmet = context.constraints.filter(({ instances, complete }) => complete && !instances.includes(arn));
  const zone = attribute(instance, 'ecs.availability-zone');
  const away =
    needs.awsvpc && zone !== undefined && context.zones.length > 0 && !context.zones.includes(zone);
  return [
    ...unmet.map(({ expression }) => ({
      kind: 'constraint' as const,
      has: `does not match ${expression}`,
      amount: 0,
    })),
    ...(context.taken.includes(arn)
      ? [{ kind: 'distinct' as const, has: 'already runs a task of the service', amount: 0 }]
      : []),
    ...(away ? [{ kind: 'zone' as const, has: `is in ${zone}`, amount: 0 }] : []),
  ];
}

function resourceLacks(instance: ContainerInstance, needs: TaskNeeds, context: FitContext): Lack[] {
  const left = (name: string) => instance.remainingResources?.find((resource) => resource.name === name);
  const memory = amountOf(left('MEMORY'));
  const cpu = amountOf(left('CPU'));
  const gpus = left('GPU')?.stringSetValue?.length ?? amountOf(left('GPU')) ?? 0;
  const taken = [
    ...needs.tcp.filter((port) => left('PORTS')?.stringSetValue?.includes(port)),
    ...needs.udp
      .filter((port) => left('PORTS_UDP')?.stringSetValue?.includes(port))
      .map((port) => `${port}/udp`),
  ];
  const { left: slots } = needs.awsvpc ? interfacesOf(instance, context) : {};
  return [
    ...(gpus < needs.gpus ? [{ kind: 'gpu' as const, has: `${gpus} GPUs free`, amount: gpus }] : []),
    ...(taken.length > 0
      ? [{ kind: 'port' as const, has: `port ${taken.join(', ')} is in use`, amount: -taken.length }]
      : []),
    ...(slots !== undefined && slots < 1
      ? [{ kind: 'interface' as const, has: 'no network interface left', amount: slots }]
      : []),
    ...(memory !== undefined && memory < needs.memory
      ? [{ kind: 'memory' as const, has: `${memory} MiB free`, amount: memory }]
      : []),
    ...(cpu !== undefined && cpu < needs.cpu
      ? [{ kind: 'cpu' as const, has: `${cpu} CPU units free`, amount: cpu }]
      : []),
  ];
}

function amountOf(resource: Resource | undefined): number | undefined {
  return resource?.integerValue ?? resource?.longValue ?? resource?.doubleValue;
}

/**
 * Tasks that the smallest trunk carries.
 * Source: ECS Developer Guide, "Supported instances for increased Amazon ECS container network interfaces".
 */
const smallestTrunk = 4;
/** Interfaces beside the primary one that every instance type can have: none has fewer than two in all. */
const fewestInterfaces = 1;

/**
 * Interfaces that tasks can still get; `left` is undefined where the limit is not known: a trunk multiplies them by a
 * number that no API tells. It counts what surely holds one: what ECS lists as attached, or the service's own tasks.
 * Each task of another service may hold one too, and where that would take the last, it is not sure.
 */
function interfacesOf(
  instance: ContainerInstance,
  { interfaces, own = {} }: FitContext,
): { left?: number; unsure?: boolean } {
  const { attachments = [], runningTasksCount = 0, pendingTasksCount = 0 } = instance;
  const attached = attachments.filter(
    ({ type, status }) => /eni|interface/i.test(type ?? '') && status !== 'DELETED' && status !== 'DETACHED',
  );
  const trunk = attribute(instance, 'ecs.awsvpc-trunk-id') !== undefined;
  const ofTasks = Math.max(
    own[instance.containerInstanceArn ?? ''] ?? 0,
    runningTasksCount + pendingTasksCount,
  );
  // Of a trunk the attachments are the trunk itself as well as what hangs on it.
  if (trunk) return { unsure: ofTasks >= smallestTrunk };
  const most = interfaces[attribute(instance, 'ecs.instance-type') ?? ''];
  const sure = Math.max(attached.length, own[instance.containerInstanceArn ?? ''] ?? 0);
  const atMost = Math.max(sure, ofTasks);
  if (most === undefined) return { unsure: atMost >= fewestInterfaces };
  // The instance itself has the primary one.
  return { left: most - 1 - sure, unsure: most - 1 - atMost < 1 };
}

export function attribute(instance: ContainerInstance, name: string): string | undefined {
  return instance.attributes?.find((own) => own.name === name)?.value;
}
