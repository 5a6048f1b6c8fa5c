import type { Fix, Target } from '../report.ts';
import { listed } from '../words.ts';
import { endpointFix, servicesOf } from './endpoint-fixes.ts';
import { subnetFor, usableNat } from './fix-parts.ts';
import type { FixGrounds } from './fixes.ts';
import {
  anotherNatFix,
  natInWords,
  natRouteCli,
  natRouteTerraform,
  newNat,
  translated,
} from './nat-fixes.ts';
import { covered, spansOf } from './prefixes.ts';
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

/** The route that leads to what is gone or is no way out, to a NAT gateway that works. */
export function replaceRouteFix(grounds: FixGrounds): Fix | undefined {
  const { broken, topology, lines, target } = grounds;
  if (broken.kind === 'nat') return anotherNatFix(grounds);
  // The route of a gateway endpoint comes and goes with it.
  if (broken.rule?.startsWith('pl-')) return endpointFix(grounds);
  const vpc = subnetFor(topology, lines[0].place.subnet)?.VpcId;
  const table = broken.subject;
  const range = broken.rule ?? '0.0.0.0/0';
  if (isLocal(range, table, topology)) return deleteRouteFix(range, table, target);
  if (isIpv6(range) && range !== translated) return ipv6RouteFix(grounds, vpc, 'replace-route');
  const route = { table, range, nat: usableNat(topology, vpc) ?? 'NAT_GATEWAY_ID' };
  return {
    summary: `Let the route ${range} of ${table} lead to ${natInWords(route.nat)}.`,
    terraform: natRouteTerraform(route, 'default'),
    cli: [...newNat(route.nat, target), natRouteCli('replace-route', route, target)].join('\n'),
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
