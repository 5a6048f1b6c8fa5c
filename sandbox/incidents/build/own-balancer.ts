import type { LoadBalancer } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { MetricSeries } from '#sandbox/aws/world.ts';
import type { Place } from '../incident.ts';
import type { Balancer } from './balancer.ts';
import { hex } from './seeded.ts';

/** The balancer of one service alone, like the shared one but for what is told. */
export function ownBalancer(
  place: Place,
  shared: Balancer,
  service: string,
  told: Partial<LoadBalancer>,
): Balancer {
  const kind = told.Type === 'network' ? 'net' : 'app';
  const name = `${place.cluster}-${service}`;
  const arn = `arn:aws:elasticloadbalancing:${place.region}:${place.account}:loadbalancer/${kind}/${name}/${hex(`${name} load balancer`, 16)}`;
  return {
    ...shared,
    targetGroup: { ...shared.targetGroup, LoadBalancerArns: [arn] },
    loadBalancer: {
      ...shared.loadBalancer,
      LoadBalancerArn: arn,
      LoadBalancerName: name,
      DNSName: shared.loadBalancer.DNSName?.replace(/^[^.]+/, name),
      ...told,
    },
  };
}

/** One metric of a target group, a value a minute from `from` until now. */
export function groupMetric(
  { targetGroup, loadBalancer }: Balancer,
  name: string,
  { from, now }: { from: Date; now: Date },
  value: (at: Date) => number | undefined,
): MetricSeries {
  const minute = 60_000;
  const first = Math.floor(from.getTime() / minute) * minute;
  const count = Math.max(0, Math.floor((now.getTime() - first) / minute));
  const points = Array.from({ length: count }, (_, index) => new Date(first + index * minute)).flatMap(
    (at) => {
      const told = value(at);
      return told === undefined ? [] : [{ at, value: told }];
    },
  );
  return {
    namespace: loadBalancer.Type === 'network' ? 'AWS/NetworkELB' : 'AWS/ApplicationELB',
    name,
    dimensions: {
      TargetGroup: targetGroup.TargetGroupArn?.split(':').at(-1) ?? '',
      LoadBalancer: targetGroup.LoadBalancerArns?.[0]?.split(':loadbalancer/')[1] ?? '',
    },
    points,
  };
}
