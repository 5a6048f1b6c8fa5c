import { openPort } from '../health/fixes.ts';
import type { Cause } from './cause.ts';
import { cause } from './define.ts';

/** Group 9, third part: why a check cannot get through, found by looking at what lies between. */
export const healthPathCauses: readonly Cause[] = [
  cause('health-security-group-blocks', 'security group blocks its health check', {
    stage: 7,
    owner: 'network',
    meaning:
      'No rule lets the load balancer reach the task at the port that is checked, so every check ends without an answer.',
    confirm:
      'Target.Timeout; the inbound rules of the task’s security groups and the outbound ones of the load balancer’s, at the health check port.',
    next: [],
    fix: (n) =>
      openPort({
        group: n.resource ?? 'TASK_SECURITY_GROUP_ID',
        port: n.port ?? 'PORT',
        from: [n.name ?? 'LOAD_BALANCER_SECURITY_GROUP_ID'],
        region: n.region,
      }),
  }),
  cause('health-acl-blocks', 'network ACL blocks its health check', {
    stage: 7,
    owner: 'network',
    meaning:
      'A network ACL between the subnets of the load balancer and of its targets refuses the check, or the replies to it, which it does not remember.',
    confirm:
      'Target.Timeout; the entries of the network ACLs of both subnets in both directions, where the lowest number that fits decides.',
    next: [],
    fix: (n) => ({
      summary: `Let ${n.resource ?? 'the network ACL'} pass TCP ${n.port ?? 'at the port of the check'} from the load balancer, and TCP 1024 to 65535 back.`,
      cli: `aws ec2 describe-network-acls --network-acl-ids ${n.resource ?? 'NETWORK_ACL_ID'}${n.region ? ` --region ${n.region}` : ''}`,
    }),
  }),
  cause('health-check-port-differs', 'health check asks a port it does not serve', {
    stage: 7,
    owner: 'load-balancer',
    meaning:
      'The target group checks a fixed port of its own instead of the one that takes the traffic, and nothing in the task is known to listen there.',
    confirm:
      'HealthCheckPort of the target group against the ports in the task definition; Target.FailedHealthChecks or Target.Timeout.',
    next: ['target-health'],
    fix: (n) => ({
      summary: `Check the port that takes the traffic${n.port ? `, ${n.port}` : ''}${n.name ? `, instead of ${n.name}` : ''}; or let the container listen there too.`,
      terraform: 'health_check {\n  port = "traffic-port"\n}',
      cli: `aws elbv2 modify-target-group --target-group-arn ${n.targetGroupArn ?? 'TARGET_GROUP_ARN'} --health-check-port traffic-port${n.region ? ` --region ${n.region}` : ''}`,
    }),
  }),
  cause('health-container-port-missing', 'registered port is not in its task definition', {
    stage: 7,
    owner: 'task-definition',
    meaning:
      'The service registers a container and port with its target group that the deployed task definition does not have.',
    confirm: 'containerName and containerPort of the service against portMappings of the task definition.',
    next: [],
    fix: (n) => ({
      summary: `Give ${n.container ?? 'the container'} a port mapping for ${n.port ?? 'the registered port'}, or register the port that it has.`,
      terraform: `portMappings = [{ containerPort = ${n.port ?? 'PORT'} }]`,
      cli: `aws ecs update-service --cluster ${n.cluster ?? 'CLUSTER'} --service ${n.service ?? 'SERVICE'} --load-balancers targetGroupArn=${n.targetGroupArn ?? 'TARGET_GROUP_ARN'},containerName=${n.container ?? 'CONTAINER'},containerPort=${n.port ?? 'PORT'}`,
    }),
  }),
];
