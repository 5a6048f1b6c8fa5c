import type { Service, Task } from '@aws-sdk/client-ecs';
import type { TaskInstance } from '../facts/network/hosts.ts';
import type { Origin } from '../network/topology.ts';
import { computeOf, networkOf } from '../placement/compute.ts';
import type { Ends } from './way.ts';

/** Whether the tasks have no interface of their own, in bridge and host mode. */
export function sharesHost(service: Service): boolean {
  return networkOf(service).subnets.length === 0;
}

/** Where the tasks of a service call from: once per subnet, or per place of an instance whose network they share. */
export function originsOf(service: Service, hosts: readonly TaskInstance[] = []): Origin[] {
  const { subnets, groups } = networkOf(service);
  const primary = service.deployments?.find(({ status }) => status === 'PRIMARY');
  const configured = (primary?.networkConfiguration ?? service.networkConfiguration)?.awsvpcConfiguration;
  const onInstance = computeOf(service).kind === 'instances';
  if (subnets.length > 0)
    return subnets.map((subnet) => ({
      subnet,
      securityGroups: groups,
      publicIpv4: configured?.assignPublicIp === 'ENABLED' && !onInstance,
      networkMode: 'awsvpc',
      onInstance,
    }));
  const shared = hosts.map(({ instance }): Origin => {
    const place = placeOf(instance);
    return {
      subnet: place.subnet,
      securityGroups: place.groups,
      publicIpv4: instance.PublicIpAddress !== undefined,
      networkMode: 'bridge',
      onInstance: true,
    };
  });
  return [...new Map(shared.map((origin) => [JSON.stringify(origin), origin])).values()];
}

function placeOf({ SubnetId = '', SecurityGroups = [] }: TaskInstance['instance']) {
  const groups = SecurityGroups.flatMap(({ GroupId }) => GroupId ?? []).sort();
  return { subnet: SubnetId, groups };
}

/** The security groups that a rule for this side is about. */
export function groupsAt(service: Service, hosts: readonly TaskInstance[] = []): string[] {
  const [first] = originsOf(service, hosts);
  return sharesHost(service) ? [...(first?.securityGroups ?? [])] : networkOf(service).groups;
}

/** Where the other end listens. */
export interface Listening {
  subnet: string;
  groups: readonly string[];
  /** Undefined: anywhere in the subnet. */
  address?: string;
  port: number;
}

/**
 * The interfaces of the running tasks; where none is known, any place that the service may put them. In bridge and
 * host mode those of the instances, at the ports that the container's is bound to.
 */
export function listeningOf(
  { tasks, to, hosts }: Pick<Ends, 'tasks' | 'to' | 'hosts'>,
  port: number,
): Listening[] {
  if (sharesHost(to)) return distinct(tasks.flatMap((task) => ofHost(task, hosts.to ?? [], port)));
  const { subnets, groups } = networkOf(to);
  const known = tasks.flatMap((task) => {
    const [subnet, address] = ['subnetId', 'privateIPv4Address'].map((name) => detail(task, name));
    return subnet === undefined ? [] : [{ subnet, groups, port, ...(address !== undefined && { address }) }];
  });
  return known.length > 0 ? distinct(known) : subnets.map((subnet) => ({ subnet, groups, port }));
}

/** One of each place and port: the rules do not tell the tasks of a subnet apart. */
function distinct(places: readonly Listening[]): Listening[] {
  const key = ({ subnet, groups, port }: Listening) => JSON.stringify([subnet, groups, port]);
  return [...new Map(places.map((place) => [key(place), place])).values()];
}

function ofHost(task: Task, hosts: readonly TaskInstance[], port: number): Listening[] {
  const host = hosts.find(({ containerInstance }) => containerInstance === task.containerInstanceArn);
  if (!host) return [];
  const bindings = (task.containers ?? []).flatMap(({ networkBindings = [] }) => networkBindings);
  const bound = bindings.filter(
    ({ containerPort, hostPort, protocol = 'tcp' }) =>
      protocol === 'tcp' && hostPort !== undefined && (containerPort === port || hostPort === port),
  );
  const address = host.instance.PrivateIpAddress;
  return bound.map(({ hostPort = port }) => ({
    ...placeOf(host.instance),
    port: hostPort,
    ...(address !== undefined && { address }),
  }));
}

export function detail(task: Task, name: string): string | undefined {
  const details = task.attachments?.flatMap((attachment) => attachment.details ?? []);
  return details?.find((one) => one.name === name)?.value;
}

/** Addresses at which a task answers: its own, or those of the instance whose network it shares. */
export function addressesOfTask(task: Task, hosts: readonly TaskInstance[] = []): string[] {
  const own = ['privateIPv4Address', 'privateIPv6Address'].flatMap((name) => detail(task, name) ?? []);
  const host = hosts.find(({ containerInstance }) => containerInstance === task.containerInstanceArn);
  return own.length > 0 ? own : [host?.instance.PrivateIpAddress ?? []].flat();
}

/** Ports that Docker gives to a mapping without one, the range of a Linux host. */
export const dynamicPorts = { from: 32_768, to: 60_999 };

/** Whether the host port of a container's port is chosen anew for every task. */
export function isDynamic({ definition, to }: Pick<Ends, 'definition' | 'to'>, port: number): boolean {
  if (!sharesHost(to) || definition?.networkMode === 'host') return false;
  const mappings = (definition?.containerDefinitions ?? []).flatMap(({ portMappings = [] }) => portMappings);
  const mapped = mappings.find(({ containerPort }) => containerPort === port);
  return mapped !== undefined && (mapped.hostPort ?? 0) === 0;
}
