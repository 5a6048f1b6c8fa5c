import type { Service } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { fargateQuota } from '#diagnostics/checks/fargate-quota.ts';
import { type FactContext, FactFailure, type FactSource } from '#diagnostics/fact.ts';
import { type FargateQuota, fargateQuotas } from '#diagnostics/facts/fargate-quotas.ts';
import { context, read, service } from './facts.ts';

const onDemand = (more: Partial<FargateQuota> = {}): FargateQuota => ({
  name: 'On-Demand',
  kind: 'on-demand',
  notChecked: [],
  ...more,
});
const spot = (more: Partial<FargateQuota> = {}): FargateQuota => ({
  ...onDemand(more),
  name: 'Spot',
  kind: 'spot',
});
const strategy = (fixed: number, weight: number): Partial<Service> => ({
  capacityProviderStrategy: [
    ...(fixed > 0 ? [{ capacityProvider: 'FARGATE', weight: fixed }] : []),
    { capacityProvider: 'FARGATE_SPOT', weight },
  ],
});

describe('a Fargate quota', () => {
  it.each<[string, FargateQuota[], Partial<Service>, string | undefined, RegExp]>([
    ['that is full', [onDemand({ limit: 100, used: 95 })], {}, 'confirmed', /95 of 100/],
    ['that is nearly full', [onDemand({ limit: 100, used: 80 })], {}, 'likely', /80 of 100/],
    ['that is far from full', [onDemand({ limit: 4000, used: 10 })], {}, 'open', /10 of 4000/],
    ['of which nothing may run', [onDemand({ limit: 0, used: 0 })], {}, 'confirmed', /0 of 0/],
    ['whose use is not known', [onDemand({ limit: 6 })], {}, 'likely', /limit is 6, the use is not known/],
    ['whose limit is not known', [onDemand({ used: 6 })], {}, 'likely', /6 in use.*the limit is not known/],
    ['of which nothing is known', [onDemand()], {}, undefined, /^$/],
    [
      'of the kind that the service runs on',
      [onDemand({ limit: 9, used: 9 }), spot({ limit: 9, used: 8 })],
      strategy(0, 1),
      'likely',
      /^Spot/,
    ],
    [
      'of either kind, where the strategy mixes them',
      [onDemand({ limit: 9, used: 9 }), spot({ limit: 9, used: 1 })],
      strategy(1, 1),
      'confirmed',
      /^On-Demand/,
    ],
  ])('%s', (_, quotas, more, status, summary) => {
    const launchType = more.capacityProviderStrategy ? undefined : 'FARGATE';
    const { findings } = fargateQuota.judge(
      { fargateQuotas: quotas, service: read(service({ launchType, ...more })) },
      context,
    );
    expect(findings[0]?.status).toBe(status);
    expect(findings[0]?.summary ?? '').toMatch(summary);
  });

  it('says once what could not be read', () => {
    const notChecked = [{ check: 'the use of the Fargate quotas', reason: 'AccessDenied' }];
    const outcome = fargateQuota.judge(
      { fargateQuotas: [onDemand({ limit: 6, notChecked }), spot({ limit: 6, notChecked })] },
      context,
    );
    expect(outcome.notChecked).toEqual(notChecked);
  });
});

describe('reading the quotas', () => {
  function load(aws: object) {
    const settle = async (source: FactSource<unknown, unknown>, key: unknown) => {
      try {
        return read(await source.load(given, key));
      } catch (error) {
        const failure = new FactFailure(String(error), 'AccessDenied', source.actions[0]);
        return { ok: false, failure };
      }
    };
    const given = {
      ...context,
      aws,
      settle,
      read: (source: FactSource<unknown, unknown>, key: unknown) => source.load(given, key),
    } as unknown as FactContext;
    return fargateQuotas.load(given, undefined);
  }
  const refuse = async () => {
    throw new Error('no');
  };
  const UsageMetric = { MetricName: 'ResourceCount', MetricNamespace: 'AWS/Usage' };
  const getMetricData = async () => ({ MetricDataResults: [{ Values: [3, 5] }] });

  it('keeps the limit where the use is refused', async () => {
    const [quota] = await load({
      quotas: { getServiceQuota: async () => ({ Quota: { QuotaName: 'Q', Value: 6, UsageMetric } }) },
      cloudwatch: { getMetricData: refuse },
    });
    expect(quota).toMatchObject({ limit: 6, notChecked: [{ missing: 'cloudwatch:GetMetricData' }] });
  });

  it('takes no missing limit for none', async () => {
    const [quota] = await load({
      quotas: { getServiceQuota: async () => ({ Quota: { UsageMetric } }) },
      cloudwatch: { getMetricData },
    });
    expect(quota).toMatchObject({ used: 5, notChecked: [] });
    expect(quota).not.toHaveProperty('limit');
  });

  it('says that the quota was refused', async () => {
    const [quota] = await load({ quotas: { getServiceQuota: refuse }, cloudwatch: { getMetricData } });
    expect(quota?.notChecked).toMatchObject([{ missing: 'servicequotas:GetServiceQuota' }]);
    expect(quota).not.toHaveProperty('used');
  });
});
