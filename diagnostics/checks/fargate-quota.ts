import { defineCheck } from '../check.ts';
import { type FargateQuota, fargateQuotas } from '../facts/fargate-quotas.ts';
import { service } from '../facts/service.ts';
import { findingOf, namesFor } from '../findings.ts';
import { computeOf } from '../placement/compute.ts';

/** From this share on the quota is as good as reached: a task takes whole vCPUs, and the metric is a little late. */
const asGoodAsFull = 0.9;

/** How full the account's Fargate quota is, once an event has spoken of it. */
export const fargateQuota = defineCheck({
  id: 'fargate-quota',
  question: 'how full the Fargate quota is',
  needs: { fargateQuotas },
  wants: { service },
  judge(facts, { target }) {
    const described = facts.service?.ok ? facts.service.value : undefined;
    const spot = described && (computeOf(described).spotShare ?? 0) > 0;
    const quota = facts.fargateQuotas.find(({ name }) => /spot/i.test(name) === Boolean(spot));
    if (!quota) return { findings: [] };
    const full = quota.used === undefined ? undefined : quota.used >= quota.limit * asGoodAsFull;
    return {
      findings: [
        findingOf(
          {
            cause: 'fargate-quota',
            status: full ? 'confirmed' : 'likely',
            severity: 'error',
            owner: 'operator',
            names: {},
            why: 'usage against the quota',
            decide: 'the usage in the minute of the event',
          },
          namesFor(target, { service: described }),
          {
            subject: described?.serviceArn,
            summary: `${inWords(quota)}.`,
            evidence: [
              {
                api: 'servicequotas:GetServiceQuota',
                field: 'Quota.Value',
                value: inWords(quota),
                cli: `aws service-quotas list-service-quotas --service-code fargate --region ${target.region}`,
              },
            ],
          },
        ),
      ],
      details: { notes: [`${inWords(quota)}.`] },
    };
  },
});

function inWords({ name, limit, used }: FargateQuota): string {
  return used === undefined
    ? `${name}: the limit is ${limit}, the use is not known`
    : `${name}: ${used} of ${limit} in use at most within the last hour`;
}
