import type { Task } from '@aws-sdk/client-ecs';
import type { TargetGroup, TargetHealthDescription } from '@aws-sdk/client-elastic-load-balancing-v2';
import { minutesAgo, revision, running, service } from './facts.ts';

/** Targets for the tables of the health checks: one group of type ip, and two tasks behind it. */

export const arn = 'arn:aws:elasticloadbalancing:us-east-1:222222222222:targetgroup/api/0123456789abcdef';
const balancer = 'arn:aws:elasticloadbalancing:us-east-1:222222222222:loadbalancer/app/web/0123456789abcdef';

export const group: TargetGroup = {
  TargetGroupArn: arn,
  TargetGroupName: 'api',
  TargetType: 'ip',
  HealthCheckProtocol: 'HTTP',
  HealthCheckPath: '/up',
  HealthCheckPort: 'traffic-port',
  HealthCheckIntervalSeconds: 10,
  UnhealthyThresholdCount: 2,
  HealthyThresholdCount: 3,
  LoadBalancerArns: [balancer],
};

export function task(address: string, more: Partial<Task> = {}): Task {
  return running({
    taskArn: `arn:aws:ecs:us-east-1:222222222222:task/prod/${address.replaceAll('.', '')}`,
    taskDefinitionArn: revision(2),
    startedBy: 'ecs-svc/1',
    startedAt: minutesAgo(30),
    attachments: [{ details: [{ name: 'privateIPv4Address', value: address }] }],
    ...more,
  });
}

export function target(
  Id: string,
  State = 'healthy',
  Reason?: string,
  more: Partial<TargetHealthDescription> = {},
) {
  return {
    Target: { Id, Port: 8080, AvailabilityZone: 'us-east-1a' },
    HealthCheckPort: '8080',
    TargetHealth: { State, Reason },
    ...more,
  } as TargetHealthDescription;
}

export const serving = service({
  loadBalancers: [{ targetGroupArn: arn, containerName: 'app', containerPort: 8080 }],
});
export const two = [task('10.0.0.1'), task('10.0.0.2')];
export const healthyTwo = [target('10.0.0.1'), target('10.0.0.2')];
