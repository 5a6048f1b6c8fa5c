import type { Task } from '@aws-sdk/client-ecs';
import type { LoadBalancer } from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect, it } from 'vitest';
import type { GroupMetrics } from '#diagnostics/facts/health-metrics.ts';
import { minutesAgo, service, stopped } from '../facts.ts';
import { arn, group, serving, target, task } from '../targets.ts';
import { type Given, judged } from './judged.ts';

const balancer: LoadBalancer = {
  LoadBalancerArn: group.LoadBalancerArns?.[0],
  LoadBalancerName: 'web',
  AvailabilityZones: ['a', 'b'].map((letter) => ({
    ZoneName: `us-east-1${letter}`,
    SubnetId: `subnet-${letter}`,
  })),
};
const found = (given: Given) => judged(given).findings;

describe('targets that lie where the load balancer does not reach', () => {
  const zoned = (availabilityZone: string) => task('10.0.0.1', { availabilityZone });
  const unused = (zone: string) =>
    target('10.0.0.1', 'unused', 'Target.NotInUse', {
      Target: { Id: '10.0.0.1', Port: 8080, AvailabilityZone: zone },
    });

  it.each<[string, Given, string[]]>([
    [
      'in a zone that is not enabled',
      { tasks: [zoned('us-east-1c')], targets: [unused('us-east-1c')], balancers: [balancer] },
      ['elb-az-not-enabled'],
    ],
    [
      'nowhere: their zone is enabled, and something else keeps them unused',
      { tasks: [zoned('us-east-1a')], targets: [unused('us-east-1a')], balancers: [balancer] },
      [],
    ],
    [
      'nowhere: their zone is all of them',
      { tasks: [], targets: [unused('all')], balancers: [balancer] },
      [],
    ],
    [
      'nobody knows where: the load balancer was not read',
      { tasks: [zoned('us-east-1c')], targets: [unused('us-east-1c')] },
      [],
    ],
    [
      'in a zone that is not enabled, and still draining',
      {
        tasks: [zoned('us-east-1c')],
        targets: [target('10.0.0.1', 'unused', 'Target.DeregistrationInProgress')],
        balancers: [balancer],
      },
      [],
    ],
  ])('%s', (_, given, expected) => {
    expect(found(given).map(({ cause }) => cause)).toEqual(expected);
  });

  it('keeps the subnets that are enabled in the change to make', () => {
    const given = { tasks: [zoned('us-east-1c')], targets: [unused('us-east-1c')], balancers: [balancer] };
    expect(found(given)[0]?.fix?.cli).toContain('--subnets subnet-a subnet-b SUBNET_IN_US_EAST_1C');
  });
});

describe('too little grace', () => {
  /** HealthyHostCount of the last 40 minutes, which rose by one so many minutes after the task had started. */
  const rises = (minutes: number): GroupMetrics => ({
    group: arn,
    healthy: Array.from({ length: 40 }, (_, index) => ({
      at: minutesAgo(40 - index),
      value: index < 10 + minutes ? 0 : 1,
    })),
    unhealthy: [],
    responseTime: [],
    serverErrors: [],
    connectionErrors: [],
  });
  const killed = (seconds: number): Task =>
    stopped(5, {
      startedAt: new Date(minutesAgo(5).getTime() - seconds * 1000),
      stoppedReason: `Task failed ELB health checks in (target-group ${arn})`,
    });
  const started = [task('10.0.0.1', { startedAt: minutesAgo(30) })];
  const given = (kills: number[], minutes?: number): Given => ({
    of: { ...serving, healthCheckGracePeriodSeconds: 60 },
    tasks: started,
    targets: [target('10.0.0.1')],
    stopped: kills.map(killed),
    ...(minutes !== undefined && { metrics: [rises(minutes)] }),
  });

  it.each<[string, Given, string[]]>([
    [
      'is proven by a start that took longer than the others were given',
      given([65, 80], 4),
      ['elb-grace-too-short'],
    ],
    ['is not by one that took less', given([65, 80], 1), []],
    ['is not where no start was measured', given([65, 80]), []],
    ['is not where a task was stopped long after', given([65, 900], 4), []],
    ['is none where nothing was stopped', given([], 4), []],
    ['is none of a service without a load balancer', { ...given([65], 4), of: service(), groups: [] }, []],
  ])('%s', (_, of, expected) => {
    expect(found(of).map(({ cause }) => cause)).toEqual(expected);
  });
});
