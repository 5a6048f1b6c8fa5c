import type { Service } from '@aws-sdk/client-ecs';
import { defineCheck } from '../check.ts';
import type { Explanation } from '../explain.ts';
import { type FargateQuota, fargateQuotas } from '../facts/fargate-quotas.ts';
import { service } from '../facts/service.ts';
import { findingOf, namesFor } from '../findings.ts';
import { computeOf } from '../placement/compute.ts';

/** From this share on the quota is as good as reached: a task takes whole vCPUs, and the metric is a little late. */
const asGoodAsFull = 0.9;
/** Below this share the last hour speaks against it: only one task that asks for all the rest would meet the limit. */
const farFromFull = 0.5;

/** How full the account's Fargate quota is, once an event has spoken of it. */
export const fargateQuota = defineCheck({
  id: 'fargate-quota',
  question: 'how full the Fargate quota is',
  needs: { fargateQuotas },
  wants: { service },
  judge(facts, { target }) {
    const described = facts.service?.ok ? facts.service.value : undefined;
    const own = facts.fargateQuotas.filter(({ kind }) => kindsOf(described).includes(kind));
    const unread = own.flatMap(({ notChecked }) => notChecked);
    const notChecked = unread.filter(
      ({ check }, index) => unread.findIndex((other) => other.check === check) === index,
    );
    const known = own.filter(({ limit, used }) => limit !== undefined || used !== undefined);
    // Of two that the service draws on the fuller one is nearer to what was refused.
    const [quota] = known.sort((a, b) => (shareOf(b) ?? 0) - (shareOf(a) ?? 0));
    if (!quota) return { findings: [], notChecked };
    return {
      findings: [
        findingOf(
          {
            cause: 'fargate-quota',
            severity: 'error',
            owner: 'operator',
            names: {},
            why: 'usage against the quota',
            ...sureness(quota),
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
      notChecked,
    };
  },
});

/** Both where a strategy mixes them: the event does not say which was meant. */
function kindsOf(described: Service | undefined): FargateQuota['kind'][] {
  if (!described) return ['on-demand', 'spot'];
  const { spotShare, onDemandBase } = computeOf(described);
  if (spotShare === undefined) return ['on-demand'];
  return spotShare === 1 && onDemandBase === 0 ? ['spot'] : ['on-demand', 'spot'];
}

function shareOf({ limit, used }: FargateQuota): number | undefined {
  if (limit === undefined || used === undefined) return undefined;
  return limit === 0 ? 1 : used / limit;
}

function sureness(quota: FargateQuota): Pick<Explanation, 'status' | 'decide'> {
  const share = shareOf(quota);
  if (share !== undefined && share >= asGoodAsFull) return { status: 'confirmed' };
  const decide = 'the usage in the minute of the event (cloudwatch:GetMetricData)';
  return { status: share !== undefined && share < farFromFull ? 'open' : 'likely', decide };
}

function inWords({ name, limit, used }: FargateQuota): string {
  if (used === undefined) return `${name}: the limit is ${limit}, the use is not known`;
  if (limit === undefined)
    return `${name}: ${used} in use at most within the last hour, the limit is not known`;
  return `${name}: ${used} of ${limit} in use at most within the last hour`;
}
