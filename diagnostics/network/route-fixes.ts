import type { Subnet } from '@aws-sdk/client-ec2';
import type { Fix } from '../report.ts';
import type { FixGrounds } from './fixes.ts';
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
export function replaceRouteFix({ broken, topology, lines, target }: FixGrounds): Fix {
  const subnet = subnetOf(topology, lines[0].place.subnet);
  const table = broken.subject.startsWith('rtb-') ? broken.subject : tableLeadingTo(topology, broken.subject);
  const nat = usableNat(topology, subnet?.VpcId, broken.subject);
  const range = broken.rule?.includes('/') ? broken.rule : '0.0.0.0/0';
  const family = range.includes(':') ? '--destination-ipv6-cidr-block' : '--destination-cidr-block';
  const to = nat ?? 'NAT_GATEWAY_ID';
  const make =
    nat === undefined
      ? `aws ec2 create-nat-gateway --subnet-id PUBLIC_SUBNET_ID --allocation-id ALLOCATION_ID --region ${target.region}\n`
      : '';
  return {
    summary: `Let the route ${range} of ${table} lead to ${nat === undefined ? 'a new public NAT gateway' : `NAT gateway ${nat}, which is available`}.`,
    terraform: `resource "aws_route" "default" {\n  route_table_id         = "${table}"\n  destination_cidr_block = "${range}"\n  nat_gateway_id         = "${to}"\n}`,
    cli: `${make}aws ec2 replace-route --route-table-id ${table} ${family} ${range} --nat-gateway-id ${to} --region ${target.region}`,
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
