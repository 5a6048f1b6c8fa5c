import type { Service, Task, TaskDefinition } from '@aws-sdk/client-ecs';
import type { TargetGroup, TargetHealthDescription } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { TargetGroupHealth } from '../facts/target-health.ts';
import { isInstance, type Standing, standingOf } from './states.ts';

export interface JoinedTarget {
  description: TargetHealthDescription;
  standing: Standing;
  /** Absent for what no task of the service stands behind: left over, or registered by somebody else. */
  task?: Task;
}

export interface JoinedGroup {
  arn: string;
  name: string;
  group?: TargetGroup;
  /** Blue/green: the one that gets no traffic now. Undefined where nobody could tell. */
  idle?: boolean;
  paired: boolean;
  targets: JoinedTarget[];
}

interface Known {
  service: Service;
  tasks: readonly Task[];
  /** EC2 instance id by container instance ARN. */
  hosts: Readonly<Record<string, string>>;
  /** As far as they were read, by ARN. */
  definitions?: Readonly<Record<string, TaskDefinition>>;
  /** Percent or weight of traffic by target group ARN, where a production rule tells it. */
  weights: ReadonlyMap<string, number>;
}

/** Every target with the task behind it. */
export function joinGroups(groups: readonly TargetGroupHealth[], known: Known): JoinedGroup[] {
  return groups.map((each) => {
    const { arn, group, targets, pairedWith } = each;
    return {
      arn,
      name: group?.TargetGroupName ?? arn.split('/')[1] ?? arn,
      ...(group && { group }),
      paired: pairedWith !== undefined,
      ...(pairedWith !== undefined && { idle: isIdle(each, groups, known.weights) }),
      targets: targets.map((description) => {
        const task = known.tasks.find((candidate) => isBehind(candidate, description, known));
        return { description, standing: standingOf(description), ...(task && { task }) };
      }),
    };
  });
}

/** Of a blue/green pair one serves and the other waits for the next deployment, with or without targets in it. */
function isIdle(
  { arn, targets, pairedWith = '' }: TargetGroupHealth,
  groups: readonly TargetGroupHealth[],
  weights: ReadonlyMap<string, number>,
): boolean {
  const weight = weights.get(arn);
  const other = weights.get(pairedWith);
  if (weight !== undefined || other !== undefined) return (weight ?? 0) === 0;
  const alive = (list: readonly TargetHealthDescription[]) =>
    list.filter((target) => ['healthy', 'unhealthy', 'starting'].includes(standingOf(target))).length;
  return alive(targets) === 0 && alive(groups.find((each) => each.arn === pairedWith)?.targets ?? []) > 0;
}

function isBehind(
  task: Task,
  description: TargetHealthDescription,
  { hosts, definitions = {} }: Known,
): boolean {
  const target = description.Target;
  if (target?.Id === undefined) return false;
  if (!isInstance(description)) return addressesOf(task).includes(target.Id);
  return (
    hosts[task.containerInstanceArn ?? ''] === target.Id &&
    portsOf(task, definitions).includes(target.Port ?? 0)
  );
}

/** Whether a target is an address, whatever its group calls the type of its targets. */
export function isAddress(id: string | undefined): boolean {
  return /^(?:\d{1,3}\.){3}\d{1,3}$|:/.test(id ?? '') && !id?.startsWith('arn:');
}

/** The addresses of a task's own interface; empty for bridge and host networks. */
export function addressesOf({ attachments = [], containers = [] }: Task): string[] {
  const details = attachments.flatMap((attachment) => attachment.details ?? []);
  const attached = details.filter(({ name = '' }) => /^(?:privateIPv4|ipv6|privateIPv6)Address$/i.test(name));
  const interfaces = containers.flatMap(({ networkInterfaces = [] }) => networkInterfaces);
  return [
    ...attached.map(({ value }) => value),
    ...interfaces.flatMap(({ privateIpv4Address, ipv6Address }) => [privateIpv4Address, ipv6Address]),
  ].filter((address) => address !== undefined);
}

/** Ports of its host. In host mode nothing is bound to another port, so that the container's are the host's. */
function portsOf(
  { containers = [], taskDefinitionArn = '' }: Task,
  definitions: Readonly<Record<string, TaskDefinition>>,
): number[] {
  const bound = containers.flatMap(({ networkBindings = [] }) =>
    networkBindings.flatMap(({ hostPort }) => hostPort ?? []),
  );
  const definition = definitions[taskDefinitionArn];
  if (bound.length > 0 || definition?.networkMode !== 'host') return bound;
  return (definition.containerDefinitions ?? []).flatMap(({ portMappings = [] }) =>
    portMappings.flatMap(({ containerPort }) => containerPort ?? []),
  );
}

/** The task's id, as the end of its ARN. */
export function shortTask({ taskArn }: Task): string {
  return taskArn?.split('/').at(-1) ?? '';
}

/** The port that all targets are checked at; undefined where each has its own, as behind a bridge. */
export function portOf({ targets }: Pick<JoinedGroup, 'targets'>): string | undefined {
  const ports = new Set(targets.map(({ description }) => description.HealthCheckPort));
  return ports.size === 1 ? [...ports][0] : undefined;
}

/** `HTTP GET /health on port 8080 every 15 s, expects 200`. */
export function checkWords(group: TargetGroup | undefined, port: string | undefined): string {
  if (!group) return 'the target group does not exist any more';
  if (group.HealthCheckEnabled === false) return 'not checked';
  const {
    HealthCheckProtocol: protocol = 'TCP',
    HealthCheckPath: path,
    HealthCheckPort: asked,
    HealthCheckIntervalSeconds: interval = '?',
    Matcher: matcher,
  } = group;
  const request = path === undefined ? `${protocol} connection` : `${protocol} GET ${path}`;
  const where = asked === undefined || asked === 'traffic-port' ? port : asked;
  const expects = matcher?.HttpCode ?? (matcher?.GrpcCode && `gRPC ${matcher.GrpcCode}`);
  return `${request}${where === undefined ? '' : ` on port ${where}`} every ${interval} s${expects === undefined || path === undefined ? '' : `, expects ${expects}`}`;
}
