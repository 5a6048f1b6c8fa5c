import type { Subnet } from '@aws-sdk/client-ec2';
import type { Fix } from '../report.ts';
import { listed } from '../words.ts';
import { subnetFor, subnetsOf, tablesOf } from './fix-parts.ts';
import type { FixGrounds } from './fixes.ts';
import { isOfService } from './private-zones.ts';
import type { Line } from './survey.ts';
import type { Topology } from './topology.ts';

/** The services of a region that these ways lead to, where an endpoint could take them: a VPC's serve its own region. */
export function servicesOf(lines: readonly Line[], region: string): string[] {
  const all = lines.flatMap(({ need: { destination } }) =>
    destination.kind === 'aws' && destination.region === region && isOfService(destination)
      ? [destination.service]
      : [],
  );
  return [...new Set(all)];
}

/** An interface endpoint for what cannot be reached, in the subnets that need it; of S3 the gateway endpoint. */
export function endpointFix({ lines, topology, target, broken }: FixGrounds): Fix | undefined {
  const { place } = lines[0];
  const services = servicesOf(lines, target.region);
  if (services.length === 0) return undefined;
  const vpc = subnetFor(topology, place.subnet)?.VpcId ?? 'VPC_ID';
  const found = subnetsOf(lines, topology);
  const subnets = found.length > 0 ? onePerZone(found) : [place.subnet];
  const known = tablesOf(found, topology).flatMap(({ RouteTableId }) => RouteTableId ?? []);
  const tables = known.length > 0 ? known : ['ROUTE_TABLE_ID'];
  const at = ` --region ${target.region}`;
  const parts = services.map((service) => {
    const name = `com.amazonaws.${target.region}.${service}`;
    const resource = service.replaceAll(/[.-]/g, '_');
    if (service === 's3') {
      return {
        terraform: `resource "aws_vpc_endpoint" "s3" {\n  vpc_id          = "${vpc}"\n  service_name    = "${name}"\n  route_table_ids = [${quoted(tables)}]\n}`,
        cli: `aws ec2 create-vpc-endpoint --vpc-id ${vpc} --service-name ${name} --route-table-ids ${tables.join(' ')}${at}`,
      };
    }
    return {
      terraform: `resource "aws_vpc_endpoint" "${resource}" {\n  vpc_id              = "${vpc}"\n  service_name        = "${name}"\n  vpc_endpoint_type   = "Interface"\n  private_dns_enabled = true\n  subnet_ids          = [${quoted(subnets)}]\n  security_group_ids  = ["ENDPOINT_SECURITY_GROUP_ID"] # inbound 443 from ${place.securityGroups.join(', ') || 'the tasks'}\n}`,
      cli: `aws ec2 create-vpc-endpoint --vpc-id ${vpc} --vpc-endpoint-type Interface --service-name ${name} --private-dns-enabled --subnet-ids ${subnets.join(' ')} --security-group-ids ENDPOINT_SECURITY_GROUP_ID${at}`,
    };
  });
  // One that is still there keeps the private name that the next one needs.
  const dead = broken.kind === 'endpoint' && isThere(broken.subject, topology) ? broken.subject : undefined;
  const instead = dead === undefined ? '' : ` in the place of ${dead}`;
  return {
    summary: `Give ${vpc} the ${services.length === 1 ? 'endpoint' : 'endpoints'} ${services.join(', ')}${instead}, or ${listed(tables)} a route to a NAT gateway.`,
    terraform: parts.map(({ terraform }) => terraform).join('\n\n'),
    cli: [
      ...(dead === undefined ? [] : [`aws ec2 delete-vpc-endpoints --vpc-endpoint-ids ${dead}${at}`]),
      ...parts.map(({ cli }) => cli),
    ].join('\n'),
  };
}

/** An endpoint takes one subnet of each zone. */
function onePerZone(subnets: readonly Subnet[]): string[] {
  const known = new Map(
    subnets.toReversed().map((subnet) => [subnet.AvailabilityZone ?? subnet.SubnetId, subnet]),
  );
  return [...known.values()].toReversed().flatMap(({ SubnetId }) => SubnetId ?? []);
}

function isThere(id: string, { endpoints }: Topology): boolean {
  const found = endpoints?.ok ? endpoints.value.find(({ VpcEndpointId }) => VpcEndpointId === id) : undefined;
  return found !== undefined && !/^delet/i.test(found.State ?? '');
}

function quoted(ids: readonly string[]): string {
  return ids.map((id) => `"${id}"`).join(', ');
}
