import type { Subnet, VpcEndpoint } from '@aws-sdk/client-ec2';
import { resolverOf } from './dns.ts';
import { https, isRouted, serves, throughGateway, throughInterface } from './endpoints.ts';
import { unlessPrivate, unlessZone } from './hidden-ways.ts';
import { toInterface } from './interfaces.ts';
import { leave } from './leave.ts';
import { isOpen, isShared, subnetOf } from './place.ts';
import { byZone, isOfService, namesOf, zoneBefore } from './private-zones.ts';
import { type Broken, open, shown, unread } from './steps.ts';
import type { Destination, Origin, Path, Topology } from './topology.ts';

/**
 * Whether there is a way from a task to what it has to reach. Pure; whatever was not read leaves the answer open, and
 * so does whatever lies beyond the VPC.
 */
export function reach(origin: Origin, destination: Destination, topology: Topology): Path {
  const subnet = subnetOf(topology, origin.subnet);
  if (isOpen(subnet)) return subnet;
  if (destination.kind === 'interface') return toInterface(origin, subnet, destination, topology);
  const resolver = resolverOf(topology);
  if (resolver.state === 'off' && resolver.attribute === 'enableDnsSupport')
    return open(
      'enableDnsSupport of the VPC is off: Amazon’s resolver answers nothing there',
      'how the task resolves names',
    );
  switch (destination.kind) {
    case 'internet': {
      const { host, port, protocol = 'tcp', dualStack } = destination;
      const traffic = { port, protocol };
      const path = leave(origin, subnet, { name: host, dualStack, certain: false }, traffic, topology);
      return unlessZone(path, { origin, subnet, traffic, names: namesOf(destination, subnet), topology });
    }
    case 'aws':
      return toService(origin, subnet, destination, topology);
  }
}

type AwsDestination = Extract<Destination, { kind: 'aws' }>;

/** An AWS service: through an endpoint where one takes its name or its addresses, else by its public name. */
function toService(origin: Origin, subnet: Subnet, destination: AwsDestination, topology: Topology): Path {
  if (isShared(topology, subnet)) {
    const reason = `${subnet.SubnetId} is shared by account ${subnet.OwnerId}, whose endpoints cannot be seen from here`;
    return open(reason, `the endpoints that ${subnet.OwnerId} has in ${subnet.VpcId}`);
  }
  const { endpoints } = topology;
  if (!endpoints?.ok) return unread('the endpoints of the VPC', endpoints);
  const ofVpc = endpoints.value.filter(
    (endpoint) => serves(endpoint, destination) && (endpoint.VpcId ?? subnet.VpcId) === subnet.VpcId,
  );
  const gateway = ofVpc.find(
    ({ VpcEndpointType, State }) => VpcEndpointType === 'Gateway' && isUsable(State),
  );
  const interfaces = isOfService(destination)
    ? ofVpc.filter(({ VpcEndpointType = 'Interface' }) => VpcEndpointType === 'Interface')
    : [];
  const captured = capturing(interfaces, gateway !== undefined, topology);
  if (captured.state === 'open') return captured;
  if (captured.state === 'by') {
    const before = zoneBefore(destination, subnet, topology);
    return before
      ? byZone(before, subnet.VpcId)
      : throughInterface(captured.endpoint, origin, subnet, destination, topology);
  }

  const routed = gateway && isRouted(gateway, subnet, topology);
  if (typeof routed === 'object') return routed;
  const asked = {
    origin,
    subnet,
    traffic: https,
    names: namesOf(destination, subnet),
    topology,
  };
  if (gateway && routed)
    return unlessZone(throughGateway(gateway, origin, subnet, destination, topology), asked);

  const instead = insteadOf(destination, gateway, interfaces);
  const name = `${destination.service} in ${destination.region}`;
  const outside = {
    name,
    dualStack: destination.dualStack === true || speaksIpv6(subnet, destination),
    certain: true,
    ...(instead && { instead }),
  };
  const path = leave(origin, subnet, outside, https, topology);
  const blamed = path.state === 'broken' ? blamingEndpoint(path, interfaces, topology) : path;
  return unlessPrivate(blamed, { ...asked, interfaces });
}

/**
 * Without IPv4 the agent asks for the names that have both families; only the name of an image is the task definition's
 * own choice. Source: ECS Developer Guide, "Using a VPC in IPv6-only mode".
 */
function speaksIpv6({ Ipv6Native }: Subnet, { service }: AwsDestination): boolean {
  return Ipv6Native === true && service !== 'ecr.dkr';
}

type Captured = { state: 'by'; endpoint: VpcEndpoint } | { state: 'none' } | ReturnType<typeof open>;

/** The interface endpoint that the service's own name resolves to inside the VPC. */
function capturing(interfaces: readonly VpcEndpoint[], gateway: boolean, topology: Topology): Captured {
  const named = interfaces.filter(
    (endpoint) =>
      endpoint.PrivateDnsEnabled === true &&
      isUsable(endpoint.State) &&
      // S3 can keep its name for resolvers outside the VPC, and leave the VPC itself to the gateway endpoint.
      !(gateway && endpoint.DnsOptions?.PrivateDnsOnlyForInboundResolverEndpoint === true),
  );
  const [endpoint] = named;
  if (!endpoint) return { state: 'none' };
  const id = endpoint.VpcEndpointId ?? '';
  if (endpoint.State?.toLowerCase() !== 'available' && endpoint.State !== undefined)
    return open(`interface endpoint ${id} is ${endpoint.State}`, `the state of ${id} when it is done`);
  const resolver = resolverOf(topology);
  if (resolver.state === 'open') return resolver;
  if (resolver.state === 'custom') {
    const reason = `names are resolved by ${resolver.servers}, which may not know the private name of ${id}`;
    return open(reason, 'what the name of the service resolves to inside the task');
  }
  if (resolver.state === 'amazon') return { state: 'by', endpoint };
  const reason = `${resolver.attribute} of the VPC is off, and the private name of ${id} needs it`;
  return open(reason, 'what the name of the service resolves to inside the task');
}

/** States are written `available` by EC2 and `Available` in its types. */
function isUsable(state: string | undefined): boolean {
  return ['available', 'pending', 'partial'].includes(state?.toLowerCase() ?? 'available');
}

/** Why the endpoints that there are do not help. */
function insteadOf(
  destination: AwsDestination,
  gateway: VpcEndpoint | undefined,
  interfaces: readonly VpcEndpoint[],
): string | undefined {
  const { service, hosts = [] } = destination;
  if (!isOfService(destination)) return `endpoints of ${service} do not take ${hosts[0]}`;
  if (gateway) return `${gateway.VpcEndpointId} is not in the subnet's route table`;
  const off = interfaces.find(({ PrivateDnsEnabled }) => PrivateDnsEnabled !== true);
  if (off) return `${off.VpcEndpointId} has private DNS off`;
  return interfaces.length === 0 ? `the VPC has no endpoint for ${service}` : undefined;
}

/** Where nothing else leads there, an endpoint that should have and cannot is what has to be repaired. */
function blamingEndpoint(path: Broken, interfaces: readonly VpcEndpoint[], topology: Topology): Broken {
  const dead = interfaces.find(({ State }) => !isUsable(State));
  if (!dead || !['network-no-route', 'network-no-public-ip'].includes(path.cause)) return path;
  const id = dead.VpcEndpointId ?? '';
  const value = [dead.State, dead.FailureReason ?? dead.LastError?.Message].filter(Boolean).join(', ');
  const asked = ['DescribeVpcEndpoints', `describe-vpc-endpoints --vpc-endpoint-ids ${id}`] as const;
  return {
    state: 'broken',
    cause: 'network-endpoint-unavailable',
    port: path.port,
    protocol: path.protocol,
    kind: 'endpoint',
    subject: id,
    sentence: `Endpoint ${id} is ${dead.State}, and there is no other way: ${path.sentence}`,
    evidence: [shown(topology, asked, 'State', value), ...path.evidence],
  };
}
