import { deployed } from '../build/deployed.ts';
import { eventsOf } from '../build/events.ts';
import { mergeWorlds } from '../build/merge.ts';
import { ecrImage } from '../build/names.ts';
import { launched } from '../build/release.ts';
import { serviceWorld } from '../build/service.ts';
import { after, before, days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** The account runs as many vCPUs on Fargate as it may; the event says so, and usage against quota proves it. */
export const voucherQuotaReached: Incident = {
  name: 'voucher-quota-reached',
  title: 'voucher cannot grow: the account is at its quota of Fargate vCPUs',
  environment: 'staging',
  ask: 'events voucher staging',
  expected: { state: 'problem', cause: 'fargate-quota', status: 'confirmed' },
  world(now, place) {
    const ago = before(now);
    const live = deployed(place, now, 'voucher', {
      revision: 26,
      ago: days(12),
      containers: [{ name: 'app', image: ecrImage(place, 'voucher', '2.6.0'), memory: 1024 }],
    });
    const dimensions = { Service: 'Fargate', Type: 'Resource', Resource: 'vCPU', Class: 'Standard/OnDemand' };
    const quota = (code: string, name: string, value: number, kind: string) => ({
      ServiceCode: 'fargate',
      ServiceName: 'AWS Fargate',
      QuotaArn: `arn:aws:servicequotas:${place.region}:${place.account}:fargate/${code}`,
      QuotaCode: code,
      QuotaName: name,
      Value: value,
      Unit: 'None',
      Adjustable: true,
      GlobalQuota: false,
      UsageMetric: {
        MetricNamespace: 'AWS/Usage',
        MetricName: 'ResourceCount',
        MetricDimensions: { ...dimensions, Class: kind },
        MetricStatisticRecommendation: 'Maximum',
      },
    });
    return mergeWorlds([
      serviceWorld(place, now, {
        desired: 8,
        createdAt: ago(days(240)),
        releases: [live],
        tasks: [0, 1, 2].map((number) => launched(live, number, after(live.startedAt, 2))),
        events: [19, 4].map((minutes) =>
          eventsOf('voucher').notPlaced(
            ago(minutes),
            'You’ve reached the limit on the number of vCPUs you can run concurrently.',
          ),
        ),
        quietUntil: ago(25),
      }),
      {
        serviceQuotas: [
          quota('L-3032A538', 'Fargate On-Demand vCPU resource count', 64, 'Standard/OnDemand'),
          quota('L-36FBB829', 'Fargate Spot vCPU resource count', 64, 'Standard/Spot'),
        ],
        metrics: [
          {
            namespace: 'AWS/Usage',
            name: 'ResourceCount',
            dimensions,
            points: [35, 20, 5].map((minutes) => ({ at: ago(minutes), value: 63.75 })),
          },
        ],
      },
    ]);
  },
};
