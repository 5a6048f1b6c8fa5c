import type { Cause } from './cause.ts';
import { cause } from './define.ts';
import { forceDeployment, updateService } from './fixes.ts';

const rules =
  'Rules of the security groups on both sides, against the port and the groups and subnets of both.';

/** Why one service does not reach another. */
export const connectCauses: readonly Cause[] = [
  cause('connect-ingress-missing', 'the other side does not let it in', {
    stage: 7,
    owner: 'network',
    meaning: 'No inbound rule of the other side’s security groups admits this service at the port.',
    confirm: rules,
    fix: (n) => ({
      summary: `Add an inbound rule for TCP ${n.port ?? 'PORT'} to ${n.resource ?? 'the security group'}.`,
      cli: `aws ec2 describe-security-groups --group-ids ${n.resource ?? 'SECURITY_GROUP_ID'} --query 'SecurityGroups[].IpPermissions'`,
    }),
  }),
  cause('connect-balancer-ingress-missing', 'load balancer does not let it in', {
    stage: 7,
    owner: 'network',
    meaning: 'No inbound rule of the load balancer’s security groups admits this service at the listener.',
    confirm: rules,
    fix: (n) => ({
      summary: `Add an inbound rule for TCP ${n.port ?? 'PORT'} to ${n.resource ?? 'the load balancer’s security group'}.`,
    }),
  }),
  cause('connect-egress-missing', 'its own security group lets nothing out', {
    stage: 7,
    owner: 'network',
    meaning: 'No outbound rule on the way covers the other side at the port, as often after hardening.',
    confirm: rules,
    fix: (n) => ({
      summary: `Add an outbound rule for TCP ${n.port ?? 'PORT'} to ${n.resource ?? 'the security group'}.`,
    }),
  }),
  cause('connect-acl-blocked', 'a network ACL stands between', {
    stage: 7,
    owner: 'network',
    meaning: 'A network ACL denies the port, or the ports that replies come back to.',
    confirm: 'Entries of the network ACLs of both subnets, in the order of their numbers, both ways.',
    fix: (n) => ({
      summary: `Allow TCP ${n.port ?? 'PORT'} and the replies to TCP 1024-65535 in ${n.resource ?? 'the network ACL'}, under a lower number than the deny.`,
      cli: `aws ec2 describe-network-acls --network-acl-ids ${n.resource ?? 'NETWORK_ACL_ID'} --query 'NetworkAcls[].Entries'`,
    }),
  }),
  cause('connect-no-route', 'no route leads to the other side', {
    stage: 7,
    owner: 'network',
    meaning: 'The subnet’s route table has no working route to the address.',
    confirm: 'Route table of the subnet, else the main one; state of the route and of the gateway behind it.',
    fix: (n) => ({
      summary: `Give ${n.resource ?? 'the route table of the tasks'} a route to the other side.`,
      cli: 'aws ec2 describe-route-tables --filters Name=association.subnet-id,Values=TASK_SUBNET_ID',
    }),
  }),
  cause('connect-no-tasks', 'no task of the other side runs', {
    stage: 7,
    owner: 'application',
    meaning: 'There is nobody to connect to: the other service has no running task.',
    confirm: 'runningCount of the other service; its tasks.',
    fix: (n) => ({
      summary: `Find out why ${n.name ?? 'the other service'} runs no task: ask why-stopped or status of it.`,
    }),
  }),
  cause('connect-no-targets', 'load balancer has no target of it', {
    stage: 7,
    owner: 'load-balancer',
    meaning: 'The load balancer of the other service has nobody to send to.',
    confirm: 'DescribeTargetHealth of the target group is empty.',
    next: ['health'],
    fix: () => ({ summary: 'Find out why no task is registered: ask health of the other service.' }),
  }),
  cause('connect-targets-unhealthy', 'no target of the other side is healthy', {
    stage: 7,
    owner: 'application',
    meaning: 'The load balancer finds none of the other service’s targets healthy.',
    confirm: 'DescribeTargetHealth of the target group.',
    fix: () => ({ summary: 'Find out why its checks fail: ask health of the other service.' }),
  }),
  cause('connect-no-listener', 'no listener leads to the other side', {
    stage: 7,
    owner: 'load-balancer',
    meaning: 'No listener or rule of the load balancer forwards to the target group of the other service.',
    confirm: 'Actions of all listeners and rules against the target group.',
    fix: (n) => ({
      summary: 'Add a listener rule that forwards to the target group.',
      terraform: `resource "aws_lb_listener_rule" "service" {\n  listener_arn = "LISTENER_ARN"\n  action {\n    type             = "forward"\n    target_group_arn = "${n.targetGroupArn ?? 'TARGET_GROUP_ARN'}"\n  }\n  condition {\n    path_pattern {\n      values = ["/PATH/*"]\n    }\n  }\n}`,
      cli: `aws elbv2 create-rule --listener-arn LISTENER_ARN --priority NUMBER --conditions Field=path-pattern,Values=/PATH/* --actions Type=forward,TargetGroupArn=${n.targetGroupArn ?? 'TARGET_GROUP_ARN'}`,
    }),
  }),
  cause('connect-rule-shadowed', 'another listener rule takes its requests', {
    stage: 7,
    owner: 'load-balancer',
    meaning:
      'A rule with a lower number takes the requests before the one that leads to the other service is asked.',
    confirm: 'Conditions and actions of the listener’s rules, in the order of their numbers.',
    fix: () => ({
      summary: 'Give the rule of the other service a lower number than the one that takes its requests.',
      cli: 'aws elbv2 set-rule-priorities --rule-priorities RuleArn=RULE_ARN,Priority=NUMBER',
    }),
  }),
  cause('connect-rule-elsewhere', 'the load balancer sends it elsewhere', {
    stage: 7,
    owner: 'load-balancer',
    meaning:
      'No rule that leads to the other service matches what is called; another one, or the default action, does.',
    confirm: 'Conditions and actions of the listener’s rules against the host and path that are called.',
    fix: (n) => ({
      summary: 'Call a host and a path that a rule of the other service matches, or add them to the rule.',
      cli: `aws elbv2 describe-rules --rule-arns ${n.resource ?? 'RULE_ARN'}`,
    }),
  }),
  cause('connect-rule-signs-in', 'the load balancer asks it to sign in', {
    stage: 7,
    owner: 'load-balancer',
    meaning: 'The rule lets through only people who have signed in, and a service has no session.',
    confirm: 'authenticate-oidc or authenticate-cognito among the actions of the rule.',
    fix: () => ({
      summary:
        'Give services a rule of their own, by source address or on an internal load balancer, that asks nobody to sign in.',
    }),
  }),
  cause('connect-public-name', 'comes from outside, by the public name', {
    stage: 7,
    owner: 'network',
    meaning:
      'The load balancer faces the internet, so that calls by its name leave the VPC; a rule that names a security group then never matches.',
    confirm: 'Scheme of the load balancer; route of the subnet; addresses of the NAT gateway.',
    fix: () => ({
      summary: 'Admit the address of the NAT gateway, or put an internal load balancer in front.',
    }),
  }),
  cause('connect-discovery-stale', 'Cloud Map does not know its tasks', {
    stage: 7,
    owner: 'service-config',
    meaning: 'Cloud Map answers the name with addresses that belong to no running task, or with none.',
    confirm: 'ListInstances of the registry against the private addresses of the running tasks.',
    fix: (n) => ({
      summary: `Let ECS register the tasks anew by a new deployment of ${n.service ?? 'the service'}, and take out what somebody registered by hand.`,
      cli: forceDeployment(n),
    }),
  }),
  cause('connect-namespace-other-vpc', 'its VPC does not know the name', {
    stage: 7,
    owner: 'network',
    meaning:
      'The namespace is a private hosted zone, and the VPC of the service that calls is not associated with it.',
    confirm:
      'ListHostedZonesByVPC of the VPC against the hosted zone of the namespace; a Route 53 Profile may bring it too.',
    fix: (n) => ({
      summary: `Associate ${n.name ?? 'the VPC'} with the hosted zone ${n.resource ?? 'of the namespace'}.`,
      terraform: `resource "aws_route53_zone_association" "namespace" {\n  zone_id = "${n.resource ?? 'ZONE_ID'}"\n  vpc_id  = "${n.name ?? 'VPC_ID'}"\n}`,
      cli: `aws route53 associate-vpc-with-hosted-zone --hosted-zone-id ${n.resource ?? 'ZONE_ID'} --vpc VPCRegion=${n.region ?? 'REGION'},VPCId=${n.name ?? 'VPC_ID'} --region ${n.region ?? 'REGION'}`,
    }),
  }),
  cause('connect-client-not-enabled', 'does not use Service Connect itself', {
    stage: 7,
    owner: 'service-config',
    meaning:
      'The name of the other side exists only for services that use Service Connect in the same namespace.',
    confirm: 'serviceConnectConfiguration of the newest deployment of both.',
    fix: (n) => ({
      summary: `Turn Service Connect on for ${n.service ?? 'the service'}, as a client of the namespace.`,
      terraform: `service_connect_configuration {\n  enabled   = true\n  namespace = "${n.resource ?? 'NAMESPACE'}"\n}`,
      cli: updateService(
        n,
        `--service-connect-configuration enabled=true,namespace=${n.resource ?? 'NAMESPACE'}`,
      ),
    }),
  }),
  cause('connect-namespace-differs', 'is in another namespace', {
    stage: 7,
    owner: 'service-config',
    meaning:
      'Service Connect names are known inside one namespace, and the two services are in different ones.',
    confirm: 'serviceConnectConfiguration.namespace of both.',
    fix: (n) => ({
      summary: `Put both into one namespace, ${n.resource ?? 'that of the other service'}.`,
      cli: updateService(
        n,
        `--service-connect-configuration enabled=true,namespace=${n.resource ?? 'NAMESPACE'}`,
      ),
    }),
  }),
  cause('connect-client-older', 'was deployed before the name existed', {
    stage: 7,
    owner: 'service-config',
    meaning: 'The proxies of Service Connect learn the names of their namespace when they are deployed.',
    confirm:
      'createdAt of the client’s newest deployment against CreateDate of the other side’s service in Cloud Map.',
    fix: (n) => ({ summary: `Deploy ${n.service ?? 'the service'} anew.`, cli: forceDeployment(n) }),
  }),
];
