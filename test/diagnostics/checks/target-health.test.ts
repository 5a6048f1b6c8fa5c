import type { TargetHealthDescription } from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect, it } from 'vitest';
import { targetHealthCheck } from '#diagnostics/checks/target-health.ts';
import type { TargetGroupHealth } from '#diagnostics/facts/target-health.ts';
import { context, deployment, read, tasksOf } from './facts.ts';
import { arn, group, serving, target, two } from './targets.ts';

describe('what the load balancer says of targets', () => {
  const said = (targets: TargetHealthDescription[], more: Partial<TargetGroupHealth> = {}) =>
    targetHealthCheck
      .judge(
        {
          targetHealth: [{ arn, group, targets, ...more }],
          service: read({ ...serving, deployments: [deployment()] }),
          tasks: read(tasksOf([], two)),
        },
        context,
      )
      .findings.map(({ cause, alsoSeen }) => [cause, alsoSeen ?? false]);

  it.each<[string, TargetHealthDescription[], [string, boolean][]]>([
    [
      'is a fault of a task’s target',
      [target('10.0.0.1', 'unhealthy', 'Target.Timeout')],
      [['elb-health-timeout', false]],
    ],
    [
      'is seen beside the service where no task stands behind the target',
      [target('10.0.0.9', 'unhealthy', 'Target.Timeout')],
      [['elb-health-timeout', true]],
    ],
    [
      'is none where checks are switched off',
      [target('10.0.0.1', 'unavailable', 'Target.HealthCheckDisabled')],
      [],
    ],
    ['is none of an instance that is gone', [target('i-1', 'unused', 'Target.InvalidState')], []],
  ])('%s', (_, targets, expected) => {
    expect(said(targets)).toEqual(expected);
  });

  it('is none of the idle one of a pair', () => {
    expect(said([target('10.0.0.1', 'unused', 'Target.NotInUse')], { pairedWith: 'other' })).toEqual([]);
  });
});
