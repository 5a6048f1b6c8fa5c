import type { MetricSeries } from '#sandbox/aws/world.ts';
import { instanceOf, onInstances } from '../build/ec2.ts';
import { mergeWorlds } from '../build/merge.ts';
import { standing } from '../build/standing.ts';
import { before, days } from '../build/times.ts';
import { type Curve, usageOf } from '../build/usage.ts';
import type { Incident } from '../incident.ts';

const minute = 60_000;
/** Minutes ago that the last credit was spent. */
const spent = 52;

/** A nightly job keeps two small instances above their baseline until their credits are gone; then all is slow. */
export const treadmillCreditsSpent: Incident = {
  name: 'treadmill-credits-spent',
  title: 'the instances of treadmill have spent their CPU credits and are cut to their baseline',
  environment: 'prod',
  ask: 'perf treadmill prod',
  expected: { state: 'problem', cause: 'cpu-credits-exhausted', status: 'confirmed' },
  world(now, place) {
    const registeredAt = before(now)(days(30));
    const instance = (number: number) =>
      instanceOf(place, 'treadmill', { number, type: 't3.medium', registeredAt });
    const instances = [instance(0), instance(1)] as const;
    const series = (id: string, name: string, curve: Curve): MetricSeries => ({
      namespace: 'AWS/EC2',
      name,
      dimensions: { InstanceId: id },
      points: () =>
        Array.from({ length: 47 }, (_, index) => (48 - index) * 5).map((ago) => ({
          at: new Date(Math.floor(now.getTime() / (5 * minute)) * 5 * minute - ago * minute),
          value: Math.max(0, curve(ago)),
        })),
    });
    const metrics = instances.flatMap(({ ec2InstanceId = '' }) => [
      series(ec2InstanceId, 'CPUUtilization', (ago) => (ago > spent ? 71.3 : 20.4)),
      series(ec2InstanceId, 'CPUCreditBalance', (ago) => (ago - spent) * 1.02),
      series(ec2InstanceId, 'CPUSurplusCreditBalance', () => 0),
    ]);
    return mergeWorlds([
      onInstances(
        standing(place, now, {
          service: 'treadmill',
          ago: days(9),
          desired: 4,
          story: { balancer: undefined },
        }),
        instances,
      ),
      usageOf(place, now, 'treadmill', {
        tasks: 4,
        cpu: (ago) => (ago > spent ? 84 : 26),
        memory: () => 47,
      }),
      { metrics },
    ]);
  },
};
