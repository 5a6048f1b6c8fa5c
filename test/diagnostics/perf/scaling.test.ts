import type { ScalingPolicy } from '@aws-sdk/client-application-auto-scaling';
import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { describe, expect, it } from 'vitest';
import { needOf, policyAlarms, type Scaling } from '#diagnostics/perf/scaling.ts';
import { now } from '../checks/facts.ts';

const id = {
  ServiceNamespace: 'ecs',
  ResourceId: 'service/prod/api',
  ScalableDimension: 'ecs:service:DesiredCount',
  CreationTime: now,
} as const;
const high = 'TargetTracking-service/prod/api-AlarmHigh-1';
const low = 'TargetTracking-service/prod/api-AlarmLow-2';

const tracking: ScalingPolicy = {
  ...id,
  PolicyARN: 'arn',
  PolicyName: 'cpu',
  PolicyType: 'TargetTrackingScaling',
  TargetTrackingScalingPolicyConfiguration: {
    TargetValue: 60,
    PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' },
  },
  Alarms: [high, low].map((AlarmName) => ({ AlarmName, AlarmARN: `arn:${AlarmName}` })),
};

function alarm(
  AlarmName: string,
  StateValue: MetricAlarm['StateValue'],
  more: Partial<MetricAlarm> = {},
): MetricAlarm {
  return { AlarmName, StateValue, ComparisonOperator: 'GreaterThanThreshold', ...more };
}

function scaling(more: Partial<Scaling> = {}): Scaling {
  return {
    target: { ...id, MinCapacity: 2, MaxCapacity: 4, RoleARN: 'arn' },
    policies: [tracking],
    alarms: [alarm(high, 'OK'), alarm(low, 'OK')],
    activities: [],
    ...more,
  };
}

const used = (cpu: number | undefined) => ({ cpu, memory: 30, desired: 4 });

describe('whether more tasks are asked for', () => {
  it.each([
    ['calm alarms, whatever the mean says', scaling(), 80, undefined],
    ['a red alarm', scaling({ alarms: [alarm(high, 'ALARM'), alarm(low, 'OK')] }), 92, 7],
    [
      'a red alarm that scales in',
      scaling({ alarms: [alarm(high, 'OK'), alarm(low, 'ALARM')] }),
      10,
      undefined,
    ],
    ['alarms that could not be read, above the target', scaling({ alarms: undefined }), 92, 7],
    ['alarms that could not be read, at the target', scaling({ alarms: undefined }), 62, undefined],
    ['alarms that could not be read, without data', scaling({ alarms: undefined }), undefined, undefined],
    ['nothing known of policies', scaling({ alarms: undefined, policies: undefined }), 99, undefined],
  ])('%s', (_, given, cpu, tasks) => {
    expect(needOf(given, used(cpu))?.tasks).toBe(tasks);
  });
});

describe('which way an alarm scales', () => {
  const step = (
    amounts: number[],
    type: 'ChangeInCapacity' | 'ExactCapacity' = 'ChangeInCapacity',
  ): ScalingPolicy => ({
    ...id,
    PolicyARN: 'arn',
    PolicyName: 'steps',
    PolicyType: 'StepScaling',
    StepScalingPolicyConfiguration: {
      AdjustmentType: type,
      StepAdjustments: amounts.map((ScalingAdjustment) => ({ ScalingAdjustment })),
    },
    Alarms: [{ AlarmName: 'mine', AlarmARN: 'arn:mine' }],
  });
  it.each([
    ['target tracking', tracking, ['out', 'in']],
    ['steps up', step([1, 3]), ['out']],
    ['steps down', step([-1]), ['in']],
    ['to an exact count', step([2], 'ExactCapacity'), ['out']],
  ])('%s', (_, policy, directions) => {
    const alarms = [...(scaling().alarms ?? []), alarm('mine', 'OK')];
    expect(policyAlarms(scaling({ policies: [policy], alarms })).map(({ direction }) => direction)).toEqual(
      directions,
    );
  });

  it('is not asked where the alarms could not be read', () => {
    expect(policyAlarms(scaling({ alarms: undefined }))).toEqual([]);
  });

  it('keeps an alarm that does not exist any more', () => {
    expect(policyAlarms(scaling({ alarms: [] })).map((each) => each.alarm)).toEqual([undefined, undefined]);
  });
});
