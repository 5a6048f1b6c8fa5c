import { balancerOf, type ToldTarget } from '../build/balancer.ts';
import { deployed } from '../build/deployed.ts';
import { eventsOf } from '../build/events.ts';
import { ecrImage } from '../build/names.ts';
import { launched } from '../build/release.ts';
import { serviceWorld } from '../build/service.ts';
import { stoppedBy } from '../build/stop.ts';
import { after, before, days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

const notEnabled = 'Target is in an Availability Zone that is not enabled for the load balancer';

/** Two tasks of three are healthy. The third lands in a zone that the load balancer does not cover, every time. */
export const pickupZoneNotEnabled: Incident = {
  name: 'pickup-zone-not-enabled',
  title:
    'every task of pickup in the third zone is stopped, since its load balancer does not cover that zone',
  environment: 'prod',
  ask: 'why-stopped pickup prod',
  expected: {
    state: 'problem',
    cause: 'elb-az-not-enabled',
    status: 'confirmed',
    chain: ['unhealthy-replaced', 'elb-az-not-enabled'],
  },
  world(now, place) {
    const ago = before(now);
    const shared = balancerOf(place, 'pickup');
    const arn = shared.loadBalancer.LoadBalancerArn?.replace(/-public\/.*/, '-pickup/5d0c4b19e6a7f382');
    const balancer = {
      ...shared,
      targetGroup: { ...shared.targetGroup, LoadBalancerArns: [arn ?? ''] },
      loadBalancer: {
        ...shared.loadBalancer,
        LoadBalancerArn: arn,
        LoadBalancerName: `${place.cluster}-pickup`,
        AvailabilityZones: shared.loadBalancer.AvailabilityZones?.slice(0, 2),
      },
    };
    const live = deployed(place, now, 'pickup', {
      revision: 7,
      ago: 54,
      containers: [{ name: 'app', image: ecrImage(place, 'pickup', '1.0.7'), memory: 512, port: 8080 }],
    });
    const serving = [0, 1].map((number) => launched(live, number, after(live.startedAt, 2)));
    const third = [53, 41, 29, 17, 5].map((minutes, index) => launched(live, 2 + index * 3, ago(minutes)));
    const failed = third.slice(0, -1).map((task) =>
      stoppedBy(task, {
        stopCode: 'ServiceSchedulerInitiated',
        stoppedReason: `Task failed ELB health checks in (target-group ${balancer.arn})`,
        at: after(task.startedAt ?? now, 640),
      }),
    );
    const trying = third.slice(-1);
    const say = eventsOf('pickup');
    const health = { State: 'unused', Reason: 'Target.NotInUse', Description: notEnabled } as const;
    return serviceWorld(place, now, {
      desired: 3,
      createdAt: ago(days(2)),
      releases: [live],
      tasks: [...serving, ...failed, ...trying],
      replacements: [...failed.slice(1), ...trying],
      events: failed.map((task) =>
        say.unhealthyTarget(after(task.stoppingAt ?? now, -1.4), task, 8080, balancer.arn, notEnabled),
      ),
      balancer,
      targets: trying.map((task): ToldTarget => ({ task, health })),
      quietUntil: ago(52),
    });
  },
};
