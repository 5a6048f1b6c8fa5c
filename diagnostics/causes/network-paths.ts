import type { Fix } from '../report.ts';
import type { Cause, FixNames, Owner } from './cause.ts';
import { cause } from './define.ts';

interface Told {
  meaning: string;
  confirm: string;
  owner?: Owner;
  fix: (names: FixNames) => Fix;
}

/** What stands in the way: a reason behind what a task tells, found by walking its way hop by hop. */
function path(id: string, title: string, { owner = 'network', ...told }: Told): Cause {
  return cause(id, title, { stage: 2, owner, ...told });
}

/** The hops of a task's way out, one cause for each kind of thing to change. */
export const networkPathCauses: readonly Cause[] = [
  path('network-no-route', 'its subnet has no route to what it needs', {
    meaning:
      'The route table of the subnet leads nowhere for what the task has to reach, and no endpoint takes it.',
    confirm:
      'Routes of the table that the subnet is associated with, else of the main one; endpoints of the VPC.',
    fix: (n) => ({
      summary: `Give ${n.resource ?? 'the route table'} a default route to a NAT gateway, or the VPC an endpoint for the service.`,
      cli: `aws ec2 create-route --route-table-id ${n.resource ?? 'ROUTE_TABLE_ID'} --destination-cidr-block 0.0.0.0/0 --nat-gateway-id NAT_GATEWAY_ID`,
    }),
  }),
  path('network-route-blackhole', 'its subnet routes to a gateway that is gone', {
    meaning: 'The route that the traffic takes names a gateway that no longer exists, and drops everything.',
    confirm: 'Routes[].State of the route table is blackhole.',
    fix: (n) => ({
      summary: `Let the route of ${n.resource ?? 'the route table'} lead to a gateway that exists.`,
      cli: `aws ec2 replace-route --route-table-id ${n.resource ?? 'ROUTE_TABLE_ID'} --destination-cidr-block 0.0.0.0/0 --nat-gateway-id NAT_GATEWAY_ID`,
    }),
  }),
  path('network-appliance-drops', 'machine that it leaves by drops its traffic', {
    meaning:
      'The route leads to a machine of the VPC, a NAT instance or a firewall, whose source/destination check drops what is not meant for the machine itself.',
    confirm: 'SourceDestCheck of the network interface that the route names.',
    fix: (n) => ({
      summary: `Turn off the source/destination check of ${n.resource ?? 'the network interface'}.`,
      cli: `aws ec2 modify-network-interface-attribute --network-interface-id ${n.resource ?? 'NETWORK_INTERFACE_ID'} --no-source-dest-check`,
    }),
  }),
  path('network-no-public-ip', 'its tasks have no public IP to get out with', {
    owner: 'service-config',
    meaning:
      'The subnet leads to an internet gateway, which lets only public addresses through, and the task has none.',
    confirm: 'assignPublicIp of the service against the route table of its subnets.',
    fix: () => ({
      summary: 'Assign a public address to the tasks, or move them to subnets that lead to a NAT gateway.',
      cli: 'aws ecs update-service --cluster CLUSTER --service SERVICE --network-configuration "awsvpcConfiguration={subnets=[SUBNET_ID],securityGroups=[SECURITY_GROUP_ID],assignPublicIp=ENABLED}"',
    }),
  }),
  path('network-nat-unavailable', 'NAT gateway of its subnet is not available', {
    meaning: 'The NAT gateway that the subnet leads to failed, or is being deleted.',
    confirm: 'State and FailureMessage of the NAT gateway.',
    fix: (n) => ({
      summary: `Make a NAT gateway in the place of ${n.resource ?? 'this one'} and let the route lead to it.`,
      cli: 'aws ec2 create-nat-gateway --subnet-id PUBLIC_SUBNET_ID --allocation-id ALLOCATION_ID',
    }),
  }),
  path('network-nat-private', 'its NAT gateway is private, with no internet', {
    meaning: 'A private NAT gateway leads to other networks of the company, and not to the internet.',
    confirm: 'ConnectivityType of the NAT gateway, and where its subnet leads.',
    fix: (n) => ({
      summary: `Let the default route lead to a public NAT gateway instead of ${n.resource ?? 'the private one'}.`,
      cli: 'aws ec2 create-nat-gateway --subnet-id PUBLIC_SUBNET_ID --allocation-id ALLOCATION_ID --connectivity-type public',
    }),
  }),
  path('network-nat-no-internet', 'its NAT gateway has no way to the internet', {
    meaning: 'The NAT gateway lies in a subnet that does not lead to an internet gateway itself.',
    confirm: 'SubnetId of the NAT gateway, and the route table of that subnet.',
    fix: (n) => ({
      summary: `Put the NAT gateway into a public subnet, or give the subnet of ${n.resource ?? 'it'} a default route to an internet gateway.`,
      cli: 'aws ec2 create-route --route-table-id ROUTE_TABLE_ID --destination-cidr-block 0.0.0.0/0 --gateway-id INTERNET_GATEWAY_ID',
    }),
  }),
  path('network-ipv4-missing', 'its subnet has no IPv4, which it needs', {
    meaning: 'The subnet has only IPv6, and what the task has to reach is asked for by IPv4.',
    confirm: 'Ipv6Native and EnableDns64 of the subnet, and a route of 64:ff9b::/96 to a NAT gateway.',
    fix: (n) => ({
      summary: `Turn on DNS64 for ${n.resource ?? 'the subnet'} with a route of 64:ff9b::/96 to a NAT gateway, or use names that answer over IPv6.`,
      cli: `aws ec2 modify-subnet-attribute --subnet-id ${n.resource ?? 'SUBNET_ID'} --enable-dns64`,
    }),
  }),
  path('network-public-access-blocked', 'VPC block public access cuts it off', {
    meaning: 'VPC block public access keeps the subnet from the internet, whatever its routes say.',
    confirm: 'BlockPublicAccessStates of the subnet, and the option of the account in the region.',
    fix: (n) => ({
      summary: `Exclude ${n.resource ?? 'the subnet'} or its VPC from block public access, or reach AWS through endpoints.`,
      cli: `aws ec2 create-vpc-block-public-access-exclusion --subnet-id ${n.resource ?? 'SUBNET_ID'} --internet-gateway-exclusion-mode allow-egress`,
    }),
  }),
  path('network-egress-blocked', 'its security group blocks outbound traffic', {
    meaning: 'No outbound rule of the security groups of the task admits the traffic.',
    confirm: 'IpPermissionsEgress of the security groups, all of them together.',
    fix: (n) => ({
      summary: `Let ${n.resource ?? 'the security group'} send TCP 443 out.`,
      cli: `aws ec2 authorize-security-group-egress --group-id ${n.resource ?? 'SECURITY_GROUP_ID'} --ip-permissions "IpProtocol=tcp,FromPort=443,ToPort=443,IpRanges=[{CidrIp=0.0.0.0/0}]"`,
    }),
  }),
  path('network-ingress-blocked', 'security group at the other end blocks it', {
    meaning: 'No inbound rule of the security groups on the other side admits the traffic.',
    confirm: 'IpPermissions of the security groups there.',
    fix: (n) => ({
      summary: `Let ${n.resource ?? 'the security group there'} admit the security group of the task.`,
      cli: `aws ec2 authorize-security-group-ingress --group-id ${n.resource ?? 'SECURITY_GROUP_ID'} --protocol tcp --port ${n.port ?? 'PORT'} --source-group TASK_SECURITY_GROUP_ID`,
    }),
  }),
  path('network-acl-blocked', 'a network ACL blocks its traffic', {
    meaning: 'The network ACL of a subnet refuses the traffic or its replies, which it does not remember.',
    confirm: 'Entries of the network ACL in both directions; the lowest number that fits decides.',
    fix: (n) => ({
      summary: `Let ${n.resource ?? 'the network ACL'} pass TCP 443 out and 1024 to 65535 back in.`,
      cli: `aws ec2 create-network-acl-entry --network-acl-id ${n.resource ?? 'NETWORK_ACL_ID'} --ingress --rule-number 90 --protocol 6 --port-range From=1024,To=65535 --cidr-block 0.0.0.0/0 --rule-action allow`,
    }),
  }),
  path('network-endpoint-unavailable', 'its VPC endpoint is not available', {
    meaning: 'The endpoint that should take the traffic failed or was refused, and nothing else leads there.',
    confirm: 'State and LastError of the endpoint.',
    fix: (n) => ({
      summary: `Make ${n.resource ?? 'the endpoint'} anew, or give the subnet another way.`,
      cli: `aws ec2 describe-vpc-endpoints --vpc-endpoint-ids ${n.resource ?? 'VPC_ENDPOINT_ID'}`,
    }),
  }),
  path('network-endpoint-ingress-blocked', 'its VPC endpoint does not let its tasks in', {
    meaning:
      'The security group of an interface endpoint does not admit the task. Its private DNS captures every task of the VPC, those with a public address, too.',
    confirm: 'Groups of the endpoint, and their inbound rules on 443.',
    fix: (n) => ({
      summary: `Let ${n.resource ?? 'the security group of the endpoint'} admit TCP 443 from the tasks.`,
      cli: `aws ec2 authorize-security-group-ingress --group-id ${n.resource ?? 'SECURITY_GROUP_ID'} --protocol tcp --port 443 --source-group TASK_SECURITY_GROUP_ID`,
    }),
  }),
  path('network-endpoint-policy-denied', 'policy of its VPC endpoint denies its calls', {
    meaning:
      'The traffic arrives, and the policy of the endpoint does not let the call pass, whatever the role may.',
    confirm: 'PolicyDocument of the endpoint, against the action and the resource.',
    fix: (n) => ({
      summary: `Let the policy of ${n.resource ?? 'the endpoint'} allow the call.`,
      cli: `aws ec2 modify-vpc-endpoint --vpc-endpoint-id ${n.resource ?? 'VPC_ENDPOINT_ID'} --policy-document file://policy.json`,
    }),
  }),
];
