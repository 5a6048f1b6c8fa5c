import type { Task } from '@aws-sdk/client-ecs';
import type {
  LoadBalancer,
  TargetGroup,
  TargetHealth,
  TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Place } from '../incident.ts';
import { addressOf, securityGroupOf, vpcOf, zonesOf } from './network.ts';
import { digits, hex } from './seeded.ts';

/** An application load balancer in front of one container of a service. */
export interface Balancer {
  arn: string;
  container: string;
  port: number;
  targetGroup: TargetGroup;
  loadBalancer: LoadBalancer;
}

interface BalancerStory {
  container?: string;
  port?: number;
  path?: string;
  matcher?: string;
  /** What the author of the target group set beside that. */
  settings?: Partial<TargetGroup>;
}

/** The environment's one load balancer with a target group of type ip for the service. */
export function balancerOf(place: Place, service: string, story: BalancerStory = {}): Balancer {
  const { container = 'app', port = 8080, path = '/health', matcher = '200', settings } = story;
  const elb = `arn:aws:elasticloadbalancing:${place.region}:${place.account}`;
  const arn = `${elb}:targetgroup/${service}/${hex(`${place.cluster} target group ${service}`, 16)}`;
  const loadBalancer = loadBalancerOf(place, elb);
  const targetGroup: TargetGroup = {
    TargetGroupArn: arn,
    TargetGroupName: service,
    Protocol: 'HTTP',
    Port: port,
    VpcId: vpcOf(place),
    HealthCheckProtocol: 'HTTP',
    HealthCheckPort: 'traffic-port',
    HealthCheckEnabled: true,
    HealthCheckIntervalSeconds: 15,
    HealthCheckTimeoutSeconds: 5,
    HealthyThresholdCount: 2,
    UnhealthyThresholdCount: 3,
    HealthCheckPath: path,
    Matcher: { HttpCode: matcher },
    LoadBalancerArns: [loadBalancer.LoadBalancerArn ?? ''],
    TargetType: 'ip',
    ProtocolVersion: 'HTTP1',
    IpAddressType: 'ipv4',
    ...settings,
  };
  return { arn, container, port, targetGroup, loadBalancer };
}

function loadBalancerOf(place: Place, elb: string): LoadBalancer {
  const name = `${place.cluster}-public`;
  return {
    LoadBalancerArn: `${elb}:loadbalancer/app/${name}/${hex(`${name} load balancer`, 16)}`,
    DNSName: `${name}-${digits(name, 10)}.${place.region}.elb.amazonaws.com`,
    CanonicalHostedZoneId: place.region === 'us-east-1' ? 'Z35SXDOTRQ7X7K' : 'Z32O12XQLNTSW2',
    CreatedTime: new Date('2024-03-11T09:12:44.530Z'),
    LoadBalancerName: name,
    Scheme: 'internet-facing',
    VpcId: vpcOf(place),
    State: { Code: 'active' },
    Type: 'application',
    AvailabilityZones: zonesOf(place).map(({ name: zone }) => ({
      ZoneName: zone,
      SubnetId: `subnet-0${hex(`${place.cluster} public subnet ${zone}`, 16)}`,
      LoadBalancerAddresses: [],
    })),
    SecurityGroups: [securityGroupOf(place, 'load balancer')],
    IpAddressType: 'ipv4',
  };
}

/** What the target group says of a task that is not simply healthy, in ELB's own texts. */
export interface ToldTarget {
  task: Task;
  health: TargetHealth;
}

export const draining: TargetHealth = {
  State: 'draining',
  Reason: 'Target.DeregistrationInProgress',
  Description: 'Target deregistration is in progress',
};

export function wrongCode(code: number): TargetHealth {
  return {
    State: 'unhealthy',
    Reason: 'Target.ResponseCodeMismatch',
    Description: `Health checks failed with these codes: [${code}]`,
  };
}

/** Every task that is RUNNING is a healthy target, but for those told otherwise. */
export function targetHealthOf(
  { port, targetGroup }: Balancer,
  tasks: readonly Task[],
  told: readonly ToldTarget[],
): TargetHealthDescription[] {
  const healthy = tasks
    .filter((task) => task.lastStatus === 'RUNNING' && !told.some((target) => target.task === task))
    .map((task): ToldTarget => ({ task, health: { State: 'healthy' } }));
  const { HealthCheckPort: fixed } = targetGroup;
  return [...told, ...healthy].map(({ task, health }) => ({
    Target: { Id: addressOf(task.attachments) ?? '', Port: port, AvailabilityZone: task.availabilityZone },
    HealthCheckPort: fixed === undefined || fixed === 'traffic-port' ? String(port) : fixed,
    TargetHealth: health,
    AdministrativeOverride: {
      State: 'no_override',
      Reason: 'AdministrativeOverride.NoOverride',
      Description: 'No override is currently active on target',
    },
  }));
}
