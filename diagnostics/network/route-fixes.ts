import type { Subnet } from '@aws-sdk/client-ec2';
import type { Fix, Target } from '../report.ts';
import { listed } from '../words.ts';
import type { FixGrounds } from './fixes.ts';
import { isOpen, tableOf } from './place.ts';
import { covered, spansOf } from './prefixes.ts';
import type { Topology } from './topology.ts';

/** A way where there is none: the gateway endpoint that exists, else a NAT gateway that exists, else an endpoint. */
export function noRouteFix(grounds: FixGrounds): Fix | undefined {
  const { broken, topology, target, lines } = grounds;
  const { destination } = lines[0].need;
  const table = broken.subject;
  const at = ` --region ${target.region}`;
  const vpc = subnetOf(topology, lines[0].place.subnet)?.VpcId;
  const gateway = gatewayFor(grounds, vpc);
  const onlyS3 = lines.every(
    ({ need }) => need.destination.kind === 'aws' && need.destination.service === 's3',
  );
  if (gateway && onlyS3) {
    return {
      summary: `Put the endpoint ${gateway} into ${table}, the route table of the failing subnet.`,
      terraform: `resource "aws_vpc_endpoint_route_table_association" "s3" {\n  vpc_endpoint_id = "${gateway}"\n  route_table_id  = "${table}"\n}`,
      cli: `aws ec2 modify-vpc-endpoint --vpc-endpoint-id ${gateway} --add-route-table-ids ${table}${at}`,
    };
  }
  if (isIpv6(broken.mend?.cidrs?.[0])) return ipv6RouteFix(grounds, vpc, 'create-route');
  const nat = usableNat(topology, vpc);
  if (nat !== undefined || destination.kind !== 'aws' || destination.region !== target.region) {
    const to = nat ?? 'NAT_GATEWAY_ID';
    return {
      summary: `Give ${table} a default route to NAT gateway ${nat ?? 'in a public subnet'}, which ${nat ? 'the VPC has already' : 'the VPC does not have yet'}.`,
      terraform: `resource "aws_route" "default" {\n  route_table_id         = "${table}"\n  destination_cidr_block = "0.0.0.0/0"\n  nat_gateway_id         = "${to}"\n}`,
      cli: `aws ec2 create-route --route-table-id ${table} --destination-cidr-block 0.0.0.0/0 --nat-gateway-id ${to}${at}`,
    };
  }
  return endpointFix(grounds);
}

/** An interface endpoint for what cannot be reached, in the subnets that need it; of S3 the gateway endpoint. */
export function endpointFix({ lines, topology, target, broken }: FixGrounds): Fix | undefined {
  const { place } = lines[0];
  const vpc = subnetOf(topology, place.subnet)?.VpcId ?? 'VPC_ID';
  const subnets = [...new Set(lines.map((line) => line.place.subnet))];
  const services = [
    ...new Set(
      lines.flatMap(({ need }) => (need.destination.kind === 'aws' ? [need.destination.service] : [])),
    ),
  ];
  if (services.length === 0) return undefined;
  const at = ` --region ${target.region}`;
  const parts = services.map((service) => {
    const name = `com.amazonaws.${target.region}.${service}`;
    const resource = service.replaceAll(/[.-]/g, '_');
    if (service === 's3') {
      return {
        terraform: `resource "aws_vpc_endpoint" "s3" {\n  vpc_id          = "${vpc}"\n  service_name    = "${name}"\n  route_table_ids = ["${broken.subject}"]\n}`,
        cli: `aws ec2 create-vpc-endpoint --vpc-id ${vpc} --service-name ${name} --route-table-ids ${broken.subject}${at}`,
      };
    }
    return {
      terraform: `resource "aws_vpc_endpoint" "${resource}" {\n  vpc_id              = "${vpc}"\n  service_name        = "${name}"\n  vpc_endpoint_type   = "Interface"\n  private_dns_enabled = true\n  subnet_ids          = [${subnets.map((id) => `"${id}"`).join(', ')}]\n  security_group_ids  = ["ENDPOINT_SECURITY_GROUP_ID"] # inbound 443 from ${place.securityGroups.join(', ') || 'the tasks'}\n}`,
      cli: `aws ec2 create-vpc-endpoint --vpc-id ${vpc} --vpc-endpoint-type Interface --service-name ${name} --private-dns-enabled --subnet-ids ${subnets.join(' ')} --security-group-ids ENDPOINT_SECURITY_GROUP_ID${at}`,
    };
  });
  return {
    summary: `Give ${vpc} the ${services.length === 1 ? 'endpoint' : 'endpoints'} ${services.join(', ')}, or ${broken.subject} a route to a NAT gateway.`,
    terraform: parts.map(({ terraform }) => terraform).join('\n\n'),
    cli: parts.map(({ cli }) => cli).join('\n'),
  };
}

/** The default route that leads to what is gone or is no way out, to a NAT gateway that works. */
export function replaceRouteFix(grounds: FixGrounds): Fix | undefined {
  const { broken, topology, lines, target } = grounds;
  // The route of a gateway endpoint comes and goes with it.
  if (broken.rule?.startsWith('pl-')) return endpointFix(grounds);
  const subnet = subnetOf(topology, lines[0].place.subnet);
  const table = broken.subject.startsWith('rtb-') ? broken.subject : tableLeadingTo(topology, broken.subject);
  const nat = usableNat(topology, subnet?.VpcId, broken.subject);
  const range = broken.rule?.includes('/') ? broken.rule : '0.0.0.0/0';
  if (isLocal(range, table, topology)) return deleteRouteFix(range, table, target);
  if (isIpv6(range) && range !== translated) return ipv6RouteFix(grounds, subnet?.VpcId, 'replace-route');
  const [family, argument] = isIpv6(range)
    ? ['--destination-ipv6-cidr-block', 'destination_ipv6_cidr_block']
    : ['--destination-cidr-block', 'destination_cidr_block'];
  const to = nat ?? 'NAT_GATEWAY_ID';
  const make =
    nat === undefined
      ? `aws ec2 create-nat-gateway --subnet-id PUBLIC_SUBNET_ID --allocation-id ALLOCATION_ID --region ${target.region}\n`
      : '';
  return {
    summary: `Let the route ${range} of ${table} lead to ${nat === undefined ? 'a new public NAT gateway' : `NAT gateway ${nat}, which is available`}.`,
    terraform: `resource "aws_route" "default" {\n  route_table_id = "${table}"\n  ${argument} = "${range}"\n  nat_gateway_id = "${to}"\n}`,
    cli: `${make}aws ec2 replace-route --route-table-id ${table} ${family} ${range} --nat-gateway-id ${to} --region ${target.region}`,
  };
}

/** Whether the local route of a table takes a range as well, so that a longer prefix only leads around it. */
function isLocal(range: string, table: string, { routeTables }: Topology): boolean {
  const found = routeTables?.ok
    ? routeTables.value.find(({ RouteTableId }) => RouteTableId === table)
    : undefined;
  const local = (found?.Routes ?? []).filter(({ GatewayId }) => GatewayId === 'local');
  const spans = spansOf(local.map((route) => route.DestinationCidrBlock ?? route.DestinationIpv6CidrBlock));
  return covered(spansOf([range]), spans) === 'all';
}

function deleteRouteFix(range: string, table: string, { region }: Target): Fix {
  const family = isIpv6(range) ? '--destination-ipv6-cidr-block' : '--destination-cidr-block';
  return {
    summary: `Take the route ${range} out of ${table}, so that the local route leads there, or let it lead to a machine that exists.`,
    cli: `aws ec2 delete-route --route-table-id ${table} ${family} ${range} --region ${region}`,
  };
}

/** IPv4 in IPv6, RFC 6052: a NAT gateway translates what goes there. */
const translated = '64:ff9b::/96';

function isIpv6(cidr: string | undefined): boolean {
  return cidr?.includes(':') === true;
}

/** IPv6 leaves a private subnet through an egress-only gateway: one that the VPC uses already, else a new one. */
function ipv6RouteFix(
  { broken, topology, target }: FixGrounds,
  vpc: string | undefined,
  change: 'create-route' | 'replace-route',
): Fix {
  const table = broken.subject;
  const range = broken.rule?.includes('/') ? broken.rule : '::/0';
  const tables = topology.routeTables?.ok ? topology.routeTables.value : [];
  const known = tables
    .filter(({ VpcId }) => VpcId === vpc)
    .flatMap(({ Routes = [] }) => Routes)
    .find(
      ({ EgressOnlyInternetGatewayId, State }) => EgressOnlyInternetGatewayId && State !== 'blackhole',
    )?.EgressOnlyInternetGatewayId;
  const to = known ?? 'EGRESS_ONLY_GATEWAY_ID';
  const at = ` --region ${target.region}`;
  const make = known ? '' : `aws ec2 create-egress-only-internet-gateway --vpc-id ${vpc ?? 'VPC_ID'}${at}\n`;
  return {
    summary: `Let the route ${range} of ${table} lead to ${known ? `egress-only gateway ${known}` : 'a new egress-only gateway'}, by which IPv6 leaves.`,
    terraform: `resource "aws_route" "ipv6" {\n  route_table_id              = "${table}"\n  destination_ipv6_cidr_block = "${range}"\n  egress_only_gateway_id      = "${to}"\n}`,
    cli: `${make}aws ec2 ${change} --route-table-id ${table} --destination-ipv6-cidr-block ${range} --egress-only-internet-gateway-id ${to}${at}`,
  };
}

/** DNS64 gives names that have only IPv4 an address in IPv6, which a NAT gateway translates. */
export function translationFix({ lines, topology, target }: FixGrounds): Fix | undefined {
  const found = lines.flatMap(({ place }) => subnetOf(topology, place.subnet) ?? []);
  const subnets = [...new Map(found.map((one) => [one.SubnetId, one])).values()];
  const [first] = subnets;
  if (!first) return undefined;
  const at = ` --region ${target.region}`;
  const nat = usableNat(topology, first.VpcId) ?? 'NAT_GATEWAY_ID';
  const tables = [
    ...new Set(
      subnets.flatMap((subnet) => {
        const table = tableOf(topology, subnet);
        return isOpen(table) ? [] : (table.RouteTableId ?? []);
      }),
    ),
  ];
  const without64 = subnets.filter(({ EnableDns64 }) => EnableDns64 !== true);
  const names = subnets.map(({ SubnetId }) => SubnetId ?? '');
  return {
    summary: `Turn on DNS64 for ${listed(names)} and lead ${translated} to NAT gateway ${nat}, or use names that answer over IPv6.`,
    terraform: tables
      .map(
        (table) =>
          `resource "aws_route" "nat64" {\n  route_table_id              = "${table}"\n  destination_ipv6_cidr_block = "${translated}"\n  nat_gateway_id              = "${nat}"\n}`,
      )
      .concat(without64.length > 0 ? `# and in aws_subnet: enable_dns64 = true` : [])
      .join('\n\n'),
    cli: [
      ...without64.map(
        ({ SubnetId }) => `aws ec2 modify-subnet-attribute --subnet-id ${SubnetId} --enable-dns64${at}`,
      ),
      ...tables.map(
        (table) =>
          `aws ec2 create-route --route-table-id ${table} --destination-ipv6-cidr-block ${translated} --nat-gateway-id ${nat}${at}`,
      ),
    ].join('\n'),
  };
}

function subnetOf({ subnets }: Topology, id: string): Subnet | undefined {
  return subnets?.ok ? subnets.value.find(({ SubnetId }) => SubnetId === id) : undefined;
}

function tableLeadingTo({ routeTables }: Topology, nat: string): string {
  const tables = routeTables?.ok ? routeTables.value : [];
  const found = tables.find(({ Routes = [] }) => Routes.some(({ NatGatewayId }) => NatGatewayId === nat));
  return found?.RouteTableId ?? 'ROUTE_TABLE_ID';
}

/** Another NAT gateway of the VPC that is available and public. */
function usableNat({ natGateways }: Topology, vpc: string | undefined, not?: string): string | undefined {
  const all = natGateways?.ok ? natGateways.value : [];
  return all.find(
    ({ NatGatewayId, VpcId, State, ConnectivityType = 'public' }) =>
      VpcId === vpc && State === 'available' && ConnectivityType === 'public' && NatGatewayId !== not,
  )?.NatGatewayId;
}

function gatewayFor({ topology, target }: FixGrounds, vpc: string | undefined): string | undefined {
  const all = topology.endpoints?.ok ? topology.endpoints.value : [];
  return all.find(
    ({ VpcEndpointType, ServiceName, VpcId }) =>
      VpcEndpointType === 'Gateway' &&
      VpcId === vpc &&
      ServiceName?.endsWith(`com.amazonaws.${target.region}.s3`),
  )?.VpcEndpointId;
}
