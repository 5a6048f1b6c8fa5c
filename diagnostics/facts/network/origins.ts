import type { NetworkInterface } from '@aws-sdk/client-ec2';
import type { Service, Task } from '@aws-sdk/client-ecs';
import { defineFact, type FactContext } from '../../fact.ts';
import type { Origin } from '../../network/topology.ts';
import { computeOf, networkOf } from '../../placement/compute.ts';
import type { NotChecked } from '../../report.ts';
import { notCheckedOf } from '../read.ts';
import { asKey } from '../security-groups.ts';
import { service } from '../service.ts';
import { deployedTaskDefinitions } from '../task-definitions.ts';
import { tasks } from '../tasks.ts';
import { interfaces, type TaskInstance, taskInstances } from './hosts.ts';

/** A place from which something of the target calls. */
export interface Placed extends Origin {
  /** `task`: its own interface. `host`: that of the instance, which pulls images, reads secrets and writes logs. */
  from: 'task' | 'host';
  /** ARNs of the container instances that share this place. */
  hosts?: readonly string[];
  /** Whether an agent there talks to ECS now. */
  connected?: boolean;
}

export interface Origins {
  placed: Placed[];
  /** Whether tasks run on instances, whose agent starts them. */
  onInstances: boolean;
  /** Why there is no place, or not every one, where AWS did answer. */
  says?: string;
  notChecked: NotChecked[];
}

/**
 * Where the traffic of the target begins. Of a service on Fargate its own configuration says so; on instances the images
 * are pulled, and secrets and logs handled, by the instance; of a task alone its interface tells, as long as it lives.
 */
export const origins = defineFact<Origins>({
  id: 'network-origins',
  what: 'where the tasks sit in the network',
  actions: [...new Set([...tasks.actions, ...interfaces.actions, ...taskInstances.actions])],
  async load(context) {
    const described = await context.read(service);
    if (described === undefined || context.target.task !== undefined) return ofTasks(context, described);
    return ofService(context, described);
  },
});

async function ofService(context: FactContext, described: Service): Promise<Origins> {
  const { kind } = computeOf(described);
  const { subnets, groups } = networkOf(described);
  const onInstances = runsOnInstances(described);
  const own = subnets.map((subnet) => ({ ...ownInterface(described, groups), subnet }));
  if (kind === 'external') return { ...nowhere, says: 'its tasks run outside AWS' };
  if (!onInstances) return { placed: own, onInstances: false, notChecked: [] };
  const hosts = await ofInstances(context, subnets.length > 0);
  return { ...hosts, placed: [...own, ...hosts.placed] };
}

/** A kind of compute that is not known yet is taken for one that gives each task an interface of its own. */
function runsOnInstances(described: Service): boolean {
  const { kind, providers } = computeOf(described);
  const known = described.launchType === undefined || described.launchType === 'EC2' || providers.length > 0;
  return kind === 'instances' && known;
}

const nowhere: Origins = { placed: [], onInstances: false, notChecked: [] };

function ownInterface(described: Service, groups: readonly string[]): Omit<Placed, 'subnet'> {
  const primary = described.deployments?.find(({ status }) => status === 'PRIMARY');
  const configured = (primary?.networkConfiguration ?? described.networkConfiguration)?.awsvpcConfiguration;
  const onInstance = runsOnInstances(described);
  return {
    from: 'task',
    securityGroups: groups,
    networkMode: 'awsvpc',
    onInstance,
    // A task on an instance never gets one, whatever is configured.
    publicIpv4: !onInstance && configured?.assignPublicIp === 'ENABLED',
  };
}

/** The instances that hold tasks of the target now, or held those that stopped. */
async function ofInstances(context: FactContext, awsvpc: boolean): Promise<Origins> {
  const [found, definitions] = await Promise.all([
    context.settle(taskInstances),
    awsvpc ? undefined : context.settle(deployedTaskDefinitions),
  ]);
  const modes = Object.values(definitions?.ok ? definitions.value : {}).map(({ networkMode }) => networkMode);
  if (!found.ok)
    return { placed: [], onInstances: true, notChecked: [notCheckedOf(taskInstances.what, found.failure)] };
  const networkMode = modes.includes('host') ? ('host' as const) : ('bridge' as const);
  const placed = distinct(found.value.map((host) => ({ ...ofInstance(host), networkMode })));
  const says = placed.length === 0 ? 'no instance holds one of its tasks' : undefined;
  return { placed, onInstances: true, notChecked: [], ...(says && { says }) };
}

function ofInstance({ instance, containerInstance, connected }: TaskInstance): Omit<Placed, 'networkMode'> {
  const { SubnetId = '', SecurityGroups = [], PublicIpAddress } = instance;
  return {
    from: 'host',
    hosts: [containerInstance],
    connected,
    subnet: SubnetId,
    securityGroups: SecurityGroups.flatMap(({ GroupId }) => GroupId ?? []),
    publicIpv4: PublicIpAddress !== undefined,
    onInstance: true,
  };
}

/** Tasks by their own interfaces; those of stopped tasks are gone, and with them their security groups. */
async function ofTasks(context: FactContext, described: Service | undefined): Promise<Origins> {
  const { running, stopping, stopped } = await context.read(tasks);
  const all = [...running, ...stopping, ...stopped];
  const onInstances = all.some(({ launchType }) => launchType === 'EC2');
  const attached = all.flatMap((task) => attachedOf(task) ?? []);
  const ids = attached.filter(({ alive }) => alive).map(({ id }) => id);
  const [read, hosts] = await Promise.all([
    ids.length > 0 ? context.settle(interfaces, asKey(ids)) : undefined,
    onInstances ? ofInstances(context, attached.length > 0) : undefined,
  ]);
  const known = new Map((read?.ok ? read.value : []).map((one) => [one.NetworkInterfaceId, one]));
  const own = attached.map(({ id, subnet, launchType }) =>
    ofInterface(subnet, known.get(id), launchType === 'EC2', described),
  );
  const unread = read && !read.ok ? [notCheckedOf(interfaces.what, read.failure)] : [];
  const placed = distinct([...own, ...(hosts?.placed ?? [])]);
  const says = hosts?.says ?? (placed.length === 0 ? 'no task of it has a network interface' : undefined);
  return {
    placed,
    onInstances,
    notChecked: [...unread, ...(hosts?.notChecked ?? [])],
    ...(placed.length === 0 && says && { says }),
  };
}

function attachedOf(task: Task) {
  const attachment = task.attachments?.find(({ type }) => type === 'ElasticNetworkInterface');
  const detail = (name: string) => attachment?.details?.find((one) => one.name === name)?.value;
  const [id, subnet] = [detail('networkInterfaceId'), detail('subnetId')];
  if (subnet === undefined) return undefined;
  return { id: id ?? '', subnet, alive: task.lastStatus !== 'STOPPED', launchType: task.launchType };
}

function ofInterface(
  subnet: string,
  seen: NetworkInterface | undefined,
  onInstance: boolean,
  described: Service | undefined,
): Placed {
  if (!seen && described) return { ...ownInterface(described, networkOf(described).groups), subnet };
  return {
    from: 'task',
    subnet,
    networkMode: 'awsvpc',
    onInstance,
    securityGroups: (seen?.Groups ?? []).flatMap(({ GroupId }) => GroupId ?? []),
    ...(seen && {
      publicIpv4: seen.Association?.PublicIp !== undefined,
      ipv6: (seen.Ipv6Addresses ?? []).length > 0,
    }),
  };
}

/** Of places that differ in nothing one is enough; a subnet whose groups are known says more than one without. */
function distinct(placed: readonly Placed[]): Placed[] {
  const known = new Map<string, Placed>();
  for (const place of placed) {
    const key = JSON.stringify([
      place.from,
      place.subnet,
      asKey(place.securityGroups),
      place.publicIpv4,
      place.onInstance,
    ]);
    const twin = known.get(key);
    known.set(key, twin ? together(twin, place) : place);
  }
  const all = [...known.values()];
  return all.filter(
    (place) =>
      place.securityGroups.length > 0 ||
      !all.some(
        ({ from, subnet, securityGroups }) =>
          from === place.from && subnet === place.subnet && securityGroups.length > 0,
      ),
  );
}

function together(first: Placed, { hosts = [], connected = false }: Placed): Placed {
  if (first.hosts === undefined) return first;
  return {
    ...first,
    hosts: [...new Set([...first.hosts, ...hosts])].sort(),
    connected: first.connected === true || connected,
  };
}
