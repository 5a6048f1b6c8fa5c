import type { Registry } from '../facts/connect/registries.ts';
import { resolverOf } from '../network/dns.ts';
import { isOpen, subnetOf } from '../network/place.ts';
import { open, unread } from '../network/steps.ts';
import { listed } from '../words.ts';
import { toTasks } from './direct.ts';
import { callTo } from './meant.ts';
import { addressesOfTask, originsOf, sharesHost } from './places.ts';
import type { Ends, Way } from './way.ts';

/** By Cloud Map: its name has to be known where the tasks call from, and it has to answer with the tasks there are. */
export function byCloudMap(ends: Ends, port: number | undefined): Way[] {
  const { to, registries } = ends;
  const [registered] = to.serviceRegistries ?? [];
  if (!registered) return [];
  if (!registries) {
    const nothing = open(
      'the names in Cloud Map could not be read',
      'the right servicediscovery:ListInstances',
    );
    return [{ kind: 'cloud-map', about: 'Cloud Map', found: nothing }];
  }
  const listening = ends.port ?? registered.port ?? registered.containerPort ?? port;
  const mapped = mappedPorts(ends);
  return registries.map((registry) => {
    const names = [nameOf(registry)?.toLowerCase() ?? []].flat();
    // The name leads to addresses alone: the port is the one that is called, of several that the tasks have.
    const call = mapped.length > 0 ? callTo(names, ends.urls, mapped) : undefined;
    const isMapped = call !== undefined && mapped.includes(call.port);
    const through = throughRegistry(registry, ends, isMapped ? call.port : listening);
    const found = call && !isMapped && through.state === 'open-way' ? notMapped(call, mapped, ends) : through;
    return { kind: 'cloud-map', about: aboutOf(registry), names, found };
  });
}

/** Ports of an interface that the tasks have to themselves; none where others share it, or one is asked about. */
function mappedPorts({ definition, to, port }: Ends): number[] {
  if (port !== undefined || sharesHost(to)) return [];
  const mappings = (definition?.containerDefinitions ?? []).flatMap(({ portMappings = [] }) => portMappings);
  return mappings.flatMap(({ containerPort }) => containerPort ?? []);
}

function notMapped(
  { variable, port }: { variable: string; port: number },
  mapped: readonly number[],
  { from }: Ends,
): Way['found'] {
  const reason = `${variable} of ${from.serviceName} calls it at ${port}, and its tasks map ${listed(mapped.map(String))}`;
  return open(reason, 'the port that the application calls');
}

/** `Cloud Map as api.prod.internal`, as far as both names are known. */
function aboutOf(registry: Registry): string {
  const name = nameOf(registry);
  return name === undefined ? 'Cloud Map' : `Cloud Map as ${name}`;
}

function nameOf({ service, namespace }: Registry): string | undefined {
  if (!service.ok || !namespace.ok || !service.value.Name) return undefined;
  return `${service.value.Name}.${namespace.value.Name}`;
}

function throughRegistry(registry: Registry, ends: Ends, port: number | undefined): Way['found'] {
  const answered = answers(registry, ends);
  if (answered.state === 'broken') return answered;
  const named = resolves(registry, ends);
  if (named.state === 'broken') return named;
  const there = toTasks(ends, port);
  const undecided = [there, answered, named].find(({ state }) => state !== 'open-way');
  if (there.state === 'broken' || !undecided) return withNote(there, answered);
  return undecided;
}

function withNote(there: Way['found'], answered: Way['found']): Way['found'] {
  if (there.state !== 'open-way' || answered.state !== 'open-way' || answered.text === '') return there;
  return { ...there, text: `${there.text} ${answered.text}` };
}

/**
 * What it answers with: the instances that are not unhealthy, and all of them where none is left. What belongs to no
 * running task of the service is told, and breaks the way only where nothing else is answered: an instance may have
 * been registered by hand, and a task that stops stays for a moment.
 * https://docs.aws.amazon.com/cloud-map/latest/dg/services-health-checks.html
 */
function answers({ id, instances, health }: Registry, ends: Ends): Way['found'] {
  const { to, tasks, region, hosts } = ends;
  if (!instances.ok) return unread('the instances in Cloud Map', instances);
  const states = health.ok ? health.value : {};
  const able = instances.value.filter(({ Id = '' }) => states[Id] !== 'UNHEALTHY');
  const given = able.length > 0 ? able : instances.value;
  const told = given.flatMap(({ Attributes = {} }) =>
    [Attributes.AWS_INSTANCE_IPV4 ?? [], Attributes.AWS_INSTANCE_IPV6 ?? []].flat(),
  );
  const running = tasks.filter(({ lastStatus }) => lastStatus === 'RUNNING');
  const own = running.flatMap((task) => addressesOfTask(task, hosts.to));
  if (own.length === 0) return { state: 'open-way', text: '' };
  const others = told.filter((address) => !own.includes(address));
  const found = told.some((address) => own.includes(address));
  const few = others.slice(0, 3).sort();
  // Of a large service not all tasks are read, and whose the other addresses are is not known.
  const allRead = running.length >= (to.runningCount ?? 0);
  if (!found && others.length > 0 && !allRead)
    return open(
      `Cloud Map answers with none of the ${running.length} tasks of ${to.serviceName} that were read, of ${to.runningCount}`,
      'the addresses of its other tasks',
    );
  if (found) {
    if (others.length > 0 && !health.ok) return unread('the health of the instances in Cloud Map', health);
    const belong = others.length === 1 ? 'belongs' : 'belong';
    const text =
      others.length === 0 || !allRead
        ? ''
        : `Cloud Map answers with ${listed(few)} as well, which ${belong} to none of its running tasks.`;
    return { state: 'open-way', text };
  }
  const left = instances.value.length - given.length;
  const has = others.length === 0 ? 'nobody' : `only ${listed(few)}`;
  const unhealthy =
    left > 0 ? `, for it holds ${left} of its ${instances.value.length} instances for unhealthy` : '';
  return {
    state: 'broken',
    block: {
      cause: 'connect-discovery-stale',
      sentence: `Cloud Map knows ${has} for ${to.serviceName}, and none of its ${own.length} running tasks${unhealthy}.`,
      names: { region, resource: id, service: to.serviceName ?? '' },
      evidence: [
        {
          api: 'servicediscovery:ListInstances',
          field: 'Instances[].Attributes.AWS_INSTANCE_IPV4',
          value: few.join(', ') || 'no instances',
          cli: `aws servicediscovery list-instances --service-id ${id} --region ${region}`,
        },
      ],
    },
  };
}

/**
 * Whether its DNS name means anything where the tasks call from. A private namespace is a private hosted zone, which
 * answers in the VPCs that it is associated with. A Route 53 Profile can bring it to others, which the list of a VPC's
 * zones does not show: a zone that is missing there is likely missing.
 * https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListHostedZonesByVPC.html
 */
function resolves({ service, namespace }: Registry, ends: Ends): Way['found'] {
  const { from, topology, zones, region, hosts } = ends;
  if (!service.ok) return unread('the name in Cloud Map', service);
  if (!namespace.ok) return unread('the namespace in Cloud Map', namespace);
  const { Name = '', Type, Properties, Id = '' } = namespace.value;
  if (Type === 'HTTP' || service.value.Type === 'HTTP' || !service.value.DnsConfig)
    return open(
      `${service.value.Name} in ${Name} has no DNS name: only the call DiscoverInstances tells its addresses`,
      'whether the application asks that',
    );
  if (Type !== 'DNS_PRIVATE') return { state: 'open-way', text: '' };
  const resolver = resolverOf(topology);
  if (resolver.state === 'custom')
    return open(
      `names are resolved by ${resolver.servers}, which may or may not know ${Name}`,
      `what ${service.value.Name}.${Name} resolves to inside the task`,
    );
  if (resolver.state === 'off')
    return open(
      `${resolver.attribute} of the VPC is off, and private names need it`,
      `what ${service.value.Name}.${Name} resolves to inside the task`,
    );
  if (!zones?.ok) return unread('the private hosted zones of the VPC', zones);
  const zone = Properties?.DnsProperties?.HostedZoneId;
  if (zone === undefined) return open(`the hosted zone of ${Name} is not told`, 'its hosted zone');
  const isKnown = zones.value.some(({ HostedZoneId }) => bare(HostedZoneId) === bare(zone));
  if (isKnown) return resolver.state === 'open' ? resolver : { state: 'open-way', text: '' };
  const place = subnetOf(topology, originsOf(from, hosts.from)[0]?.subnet ?? '');
  const vpc = isOpen(place) ? undefined : place.VpcId;
  return {
    state: 'broken',
    block: {
      cause: 'connect-namespace-other-vpc',
      status: 'likely',
      sentence: `${Name}, the namespace of ${service.value.Name}, is a private hosted zone that ${vpc ?? 'the VPC'} of ${from.serviceName} is not associated with.`,
      names: { region, resource: zone, name: vpc ?? 'VPC_ID' },
      evidence: [
        {
          api: 'route53:ListHostedZonesByVPC',
          field: 'HostedZoneSummaries[].HostedZoneId',
          value: `${zone} (${Name}) is not among ${zones.value.length}`,
          cli: `aws route53 list-hosted-zones-by-vpc --vpc-id ${vpc ?? 'VPC_ID'} --vpc-region ${region}`,
        },
        {
          api: 'servicediscovery:GetNamespace',
          field: 'Namespace.Properties.DnsProperties.HostedZoneId',
          value: zone,
          cli: `aws servicediscovery get-namespace --id ${Id} --region ${region}`,
        },
      ],
    },
  };
}

/** An id is written alone or behind its kind: `/hostedzone/Z0`. */
function bare(id = ''): string {
  return id.split('/').at(-1) ?? id;
}
