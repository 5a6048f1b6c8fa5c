import type { Route } from '@aws-sdk/client-ec2';
import type { Fix, Target } from '../report.ts';
import { listed } from '../words.ts';
import { endpointFix, servicesOf } from './endpoint-fixes.ts';
import { subnetFor, usableNat } from './fix-parts.ts';
import type { FixGrounds } from './fixes.ts';
import { natInWords, natRouteCli, natRouteTerraform, newNat, translated } from './nat-fixes.ts';
import { covered, spansOf } from './prefixes.ts';
import { targetOf } from './routes.ts';
import type { Topology } from './topology.ts';

/** A way where there is none: the gateway endpoint that exists, else a NAT gateway that exists, else an endpoint. */
export function noRouteFix(grounds: FixGrounds): Fix | undefined {
  const { broken, topology, target, lines } = grounds;
  const table = broken.subject;
  const vpc = subnetFor(topology, lines[0].place.subnet)?.VpcId;
  const services = servicesOf(lines, target.region);
  const isWhole = lines.every((line) => servicesOf([line], target.region).length > 0);
  const gateway = gatewayFor(grounds, vpc);
  if (gateway && isWhole && services.join() === 's3') {
    return {
      summary: `Put the endpoint ${gateway} into ${table}, the route table of the failing subnet.`,
      terraform: `resource "aws_vpc_endpoint_route_table_association" "s3" {\n  vpc_endpoint_id = "${gateway}"\n  route_table_id  = "${table}"\n}`,
      cli: `aws ec2 modify-vpc-endpoint --vpc-endpoint-id ${gateway} --add-route-table-ids ${table} --region ${target.region}`,
    };
  }
  if (isIpv6(broken.mend?.cidrs?.[0])) return ipv6RouteFix(grounds, vpc, 'create-route');
  const nat = usableNat(topology, vpc);
  if (nat === undefined && isWhole) return endpointFix(grounds);
  const route = { table, range: '0.0.0.0/0', nat: nat ?? 'NAT_GATEWAY_ID' };
  const narrower = isWhole ? `; or give the VPC endpoints for ${listed(services)} alone` : '';
  return {
    summary: `Give ${table} a default route to NAT gateway ${nat ?? 'in a public subnet'}, which ${nat ? 'the VPC has already' : 'the VPC does not have yet'}${narrower}.`,
    terraform: natRouteTerraform(route, 'default'),
    cli: natRouteCli('create-route', route, target),
  };
}

/** The route that leads to what is gone: what is gone comes back, or the route leads to a NAT gateway that works. */
export function replaceRouteFix(grounds: FixGrounds): Fix | undefined {
  const { broken, topology, lines, target } = grounds;
  // The route of a gateway endpoint comes and goes with it.
  if (broken.rule?.startsWith('pl-')) return endpointFix(grounds);
  const vpc = subnetFor(topology, lines[0].place.subnet)?.VpcId;
  const table = broken.subject;
  const named = broken.rule ?? '0.0.0.0/0';
  if (isLocal(named, table, topology)) return deleteRouteFix(named, table, target);
  const own = routeFor(named, table, topology);
  if (own?.GatewayId?.startsWith('igw-')) return attachFix(own.GatewayId, vpc, target);
  if (isIpv6(named) && named !== translated) return ipv6RouteFix(grounds, vpc, 'replace-route');
  const range = own?.DestinationPrefixListId ?? named;
  const route = { table, range, nat: usableNat(topology, vpc) ?? 'NAT_GATEWAY_ID' };
  const gone = own && targetOf(own);
  const first =
    gone?.kind === 'beyond' ? `Bring back ${gone.what.replace(/,$/, '')} ${gone.id}, or let` : 'Let';
  return {
    summary: `${first} the route ${range} of ${table} lead to ${natInWords(route.nat)}.`,
    terraform: natRouteTerraform(route, 'default'),
    cli: [...newNat(route.nat, target), natRouteCli('replace-route', route, target)].join('\n'),
  };
}

/** The route for a range: that itself, or one by a list that holds it. */
function routeFor(range: string, table: string, topology: Topology): Route | undefined {
  const routes = routesOf(table, topology);
  const holds = ({ DestinationPrefixListId = '' }: Route) => {
    const entries = topology.prefixLists[DestinationPrefixListId];
    return entries?.ok === true && entries.value.some(({ Cidr }) => Cidr === range);
  };
  return (
    routes.find((one) => (one.DestinationCidrBlock ?? one.DestinationIpv6CidrBlock) === range) ??
    routes.find(holds)
  );
}

function attachFix(gateway: string, vpc = 'VPC_ID', { region }: Pick<Target, 'region'>): Fix {
  return {
    summary: `Attach internet gateway ${gateway} to ${vpc} again; if it was deleted, let the route lead to another one.`,
    terraform: `resource "aws_internet_gateway_attachment" "this" {\n  internet_gateway_id = "${gateway}"\n  vpc_id              = "${vpc}"\n}`,
    cli: `aws ec2 attach-internet-gateway --internet-gateway-id ${gateway} --vpc-id ${vpc} --region ${region}`,
  };
}

/** Whether the local route of a table takes a range as well, so that a longer prefix only leads around it. */
function isLocal(range: string, table: string, topology: Topology): boolean {
  const local = routesOf(table, topology).filter(({ GatewayId }) => GatewayId === 'local');
  const spans = spansOf(local.map((route) => route.DestinationCidrBlock ?? route.DestinationIpv6CidrBlock));
  return covered(spansOf([range]), spans) === 'all';
}

function routesOf(table: string, { routeTables }: Topology): readonly Route[] {
  const all = routeTables?.ok ? routeTables.value : [];
  return all.find(({ RouteTableId }) => RouteTableId === table)?.Routes ?? [];
}

function deleteRouteFix(range: string, table: string, { region }: Target): Fix {
  const family = isIpv6(range) ? '--destination-ipv6-cidr-block' : '--destination-cidr-block';
  return {
    summary: `Take the route ${range} out of ${table}, so that the local route leads there, or let it lead to a machine that exists.`,
    cli: `aws ec2 delete-route --route-table-id ${table} ${family} ${range} --region ${region}`,
  };
}

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

function gatewayFor({ topology, target }: FixGrounds, vpc: string | undefined): string | undefined {
  const all = topology.endpoints?.ok ? topology.endpoints.value : [];
  return all.find(
    ({ VpcEndpointType, ServiceName, VpcId }) =>
      VpcEndpointType === 'Gateway' &&
      VpcId === vpc &&
      ServiceName?.endsWith(`com.amazonaws.${target.region}.s3`),
  )?.VpcEndpointId;
}
