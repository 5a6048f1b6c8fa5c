import type { Instance } from '@aws-sdk/client-ec2';
import type { Service, Task, TaskDefinition, TaskSet } from '@aws-sdk/client-ecs';
import type { TargetHealthDescription } from '@aws-sdk/client-elastic-load-balancing-v2';
import { networkOf } from '../placement/compute.ts';
import { isInstance, timesOut } from './states.ts';

/** The interface at which a check arrives: that of the task, or the primary one of the instance that it runs on. */
export interface Arrival {
  at: 'tasks' | 'instances';
  groups: readonly string[];
  /** Its subnets; more than one where it is not known which. */
  subnets: readonly string[];
  /** Undefined where it is not known. */
  address: string | undefined;
}

/** Ids of the instances behind targets that time out; none where targets are addresses. */
export function silentInstances(targets: readonly TargetHealthDescription[]): string[] {
  return targets
    .filter((target) => timesOut(target) && isInstance(target))
    .flatMap(({ Target }) => Target?.Id ?? []);
}

interface Known {
  service: Service | undefined;
  instances: readonly Instance[] | undefined;
  task?: Task | undefined;
}

/** Undefined where nothing is known of the interface: the instance was not read, or is gone. */
export function arrivalOf(
  target: TargetHealthDescription,
  { service, instances, task }: Known,
): Arrival | undefined {
  const id = target.Target?.Id;
  if (isInstance(target)) {
    const found = instances?.find(({ InstanceId }) => InstanceId === id);
    if (found?.SubnetId === undefined) return undefined;
    // EC2 tells the groups, subnet and address of the primary interface as those of the instance.
    const { SecurityGroups = [], SubnetId, PrivateIpAddress } = found;
    const groups = SecurityGroups.flatMap(({ GroupId }) => GroupId ?? []).toSorted();
    return { at: 'instances', groups, subnets: [SubnetId], address: PrivateIpAddress };
  }
  const { groups, subnets } = networkOf(startedBy(service, task) ?? service);
  if (groups.length === 0) return undefined;
  const own = subnetOf(task);
  return {
    at: 'tasks',
    groups: groups.toSorted(),
    subnets: own === undefined ? subnets : [own],
    address: id,
  };
}

/** A task set of CodeDeploy or of another controller has a network of its own, which the service need not name. */
function startedBy(service: Service | undefined, task: Task | undefined): TaskSet | undefined {
  return service?.taskSets?.find(({ id }) => id !== undefined && id === task?.startedBy);
}

/** Security groups that tasks of a service may have: by the service itself, and by its task sets. */
export function groupsOfTasks(service: Service | undefined): string[] {
  return [service, ...(service?.taskSets ?? [])].flatMap((each) => networkOf(each).groups);
}

function subnetOf(task: Task | undefined): string | undefined {
  const details = (task?.attachments ?? []).flatMap((attachment) => attachment.details ?? []);
  return details.find(({ name }) => name === 'subnetId')?.value;
}

/** Ports of a security group's rule; both ends the same for one port. */
export interface PortSpan {
  from: number;
  to: number;
}

/** What the kernel of Linux gives out, as /proc/sys/net/ipv4/ip_local_port_range has it unless somebody changed it. */
const linuxPorts: PortSpan = { from: 32_768, to: 60_999 };
const fallback: PortSpan = { from: 49_153, to: 65_535 };
const windowsPorts: PortSpan = { from: 49_152, to: 65_535 };

/**
 * The ports that a rule has to open for a task's port to stay reachable. A bridge task that asks for no host port gets
 * another one at each start, so that opening the present one would help until the next.
 * Source: ECS API, PortMapping.hostPort.
 */
export function portsToOpen(
  port: number,
  at: Arrival['at'],
  definition: TaskDefinition | undefined,
): PortSpan {
  const one = { from: port, to: port };
  const mode = definition?.networkMode ?? 'bridge';
  if (at === 'tasks' || mode === 'host' || mode === 'awsvpc') return one;
  const mappings = (definition?.containerDefinitions ?? []).flatMap(({ portMappings = [] }) => portMappings);
  if (mappings.some(({ hostPort }) => hostPort === port)) return one;
  const isWindows = definition?.runtimePlatform?.operatingSystemFamily?.startsWith('WINDOWS') === true;
  const ranges = isWindows ? [windowsPorts] : [linuxPorts, fallback];
  return ranges.find(({ from, to }) => from <= port && port <= to) ?? one;
}

/** `8080`, or `32768-60999`. */
export function portWords({ from, to }: PortSpan): string {
  return from === to ? String(from) : `${from}-${to}`;
}
