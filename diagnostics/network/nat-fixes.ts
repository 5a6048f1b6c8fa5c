import type { Route } from '@aws-sdk/client-ec2';
import type { Fix, Target } from '../report.ts';
import { listed } from '../words.ts';
import { subnetsOf, tablesOf, usableNat } from './fix-parts.ts';
import type { FixGrounds } from './fixes.ts';

/** IPv4 in IPv6, RFC 6052: a NAT gateway translates what goes there. */
export const translated = '64:ff9b::/96';

/** A route to a NAT gateway, as it has to be; its range is a CIDR block or the id of a prefix list. */
export interface NatRoute {
  table: string;
  range: string;
  nat: string;
}

function destinationIn(range: string): string {
  if (range.startsWith('pl-')) return 'destination_prefix_list_id';
  return range.includes(':') ? 'destination_ipv6_cidr_block' : 'destination_cidr_block';
}

export function natRouteTerraform({ table, range, nat }: NatRoute, name: string): string {
  const argument = destinationIn(range);
  return `resource "aws_route" "${name}" {\n  ${'route_table_id'.padEnd(argument.length)} = "${table}"\n  ${argument} = "${range}"\n  ${'nat_gateway_id'.padEnd(argument.length)} = "${nat}"\n}`;
}

export function natRouteCli(
  change: 'create-route' | 'replace-route',
  { table, range, nat }: NatRoute,
  { region }: Pick<Target, 'region'>,
): string {
  const destination = `--${destinationIn(range).replaceAll('_', '-')}`;
  return `aws ec2 ${change} --route-table-id ${table} ${destination} ${range} --nat-gateway-id ${nat} --region ${region}`;
}

/** Every route of the subnets that leads to a NAT gateway which is no way out, to one that is. */
export function anotherNatFix({ lines, broken, topology, target }: FixGrounds): Fix {
  const subnets = subnetsOf(lines, topology);
  const nat = usableNat(topology, subnets[0]?.VpcId, broken.subject) ?? 'NAT_GATEWAY_ID';
  const found = tablesOf(subnets, topology).flatMap(({ RouteTableId: table = '', Routes = [] }) =>
    Routes.filter(({ NatGatewayId }) => NatGatewayId === broken.subject).map((route) => ({
      table,
      range: rangeOf(route),
      nat,
    })),
  );
  const routes = found.length > 0 ? found : [{ table: 'ROUTE_TABLE_ID', range: '0.0.0.0/0', nat }];
  const what = listed(routes.map(({ table, range }) => `${range} of ${table}`));
  return {
    summary: `Let the ${routes.length === 1 ? 'route' : 'routes'} ${what} lead to ${natInWords(nat)}.`,
    terraform: routes
      .map((route, index) => natRouteTerraform(route, index === 0 ? 'nat' : `nat_${index + 1}`))
      .join('\n\n'),
    cli: [...newNat(nat, target), ...routes.map((route) => natRouteCli('replace-route', route, target))].join(
      '\n',
    ),
  };
}

function rangeOf(route: Route): string {
  const { DestinationCidrBlock, DestinationIpv6CidrBlock, DestinationPrefixListId } = route;
  return DestinationCidrBlock ?? DestinationIpv6CidrBlock ?? DestinationPrefixListId ?? '0.0.0.0/0';
}

export function natInWords(nat: string): string {
  return nat === 'NAT_GATEWAY_ID' ? 'a new public NAT gateway' : `NAT gateway ${nat}, which is available`;
}

/** The command that makes one, where the VPC has none that would do. */
export function newNat(nat: string, { region }: Pick<Target, 'region'>): string[] {
  return nat === 'NAT_GATEWAY_ID'
    ? [
        `aws ec2 create-nat-gateway --subnet-id PUBLIC_SUBNET_ID --allocation-id ALLOCATION_ID --region ${region}`,
      ]
    : [];
}

/** DNS64 gives names that have only IPv4 an address in IPv6, which a NAT gateway translates. */
export function translationFix({ lines, topology, target }: FixGrounds): Fix | undefined {
  const subnets = subnetsOf(lines, topology);
  const [first] = subnets;
  if (!first) return undefined;
  const nat = usableNat(topology, first.VpcId) ?? 'NAT_GATEWAY_ID';
  const routes = tablesOf(subnets, topology).flatMap(({ RouteTableId: table = '', Routes = [] }) => {
    const own = Routes.find(({ DestinationIpv6CidrBlock }) => DestinationIpv6CidrBlock === translated);
    if (own && own.State !== 'blackhole') return [];
    const change = own ? ('replace-route' as const) : ('create-route' as const);
    return [{ change, route: { table, range: translated, nat } }];
  });
  const without64 = subnets.filter(({ EnableDns64 }) => EnableDns64 !== true);
  const names = listed(without64.map(({ SubnetId }) => SubnetId ?? ''));
  const tables = listed(routes.map(({ route }) => route.table));
  const parts = [
    ...(without64.length > 0 ? [`turn on DNS64 for ${names}`] : []),
    ...(routes.length > 0 ? [`let ${translated} of ${tables} lead to ${natInWords(nat)}`] : []),
  ];
  if (parts.length === 0) return undefined;
  const said = parts.join(' and ');
  return {
    summary: `${said.charAt(0).toUpperCase()}${said.slice(1)}; or use names that answer over IPv6.`,
    terraform: [
      ...routes.map(({ route }, index) =>
        natRouteTerraform(route, index === 0 ? 'nat64' : `nat64_${index + 1}`),
      ),
      ...(without64.length > 0 ? ['# and in aws_subnet: enable_dns64 = true'] : []),
    ].join('\n\n'),
    cli: [
      ...without64.map(
        ({ SubnetId }) =>
          `aws ec2 modify-subnet-attribute --subnet-id ${SubnetId} --enable-dns64 --region ${target.region}`,
      ),
      ...(routes.length > 0 ? newNat(nat, target) : []),
      ...routes.map(({ change, route }) => natRouteCli(change, route, target)),
    ].join('\n'),
  };
}
