import { findingOf, namesFor } from '../../findings.ts';
import { type Credits, creditsOf } from '../../perf/burstable.ts';
import { percent } from '../../perf-words.ts';
import type { Evidence, Finding } from '../../report.ts';
import { answer } from '../../rules/explanation.ts';
import { duration, listed, plural } from '../../words.ts';
import type { Picture } from './picture.ts';

type Exhausted = Extract<Credits, { state: 'exhausted' }> & {
  id: string;
  type: string;
  /** They were spent before the window began. */
  longer: boolean;
};

/** Instances that have spent their CPU credits and are cut to what they may use for ever. */
export function creditFindings(picture: Picture): Finding[] {
  const { usage, target, service, scope } = picture;
  const exhausted = usage.hosts.flatMap((host): Exhausted[] => {
    const credits = creditsOf(host);
    if (credits.state !== 'exhausted') return [];
    const longer = host.credits[0]?.at.getTime() === credits.since.getTime();
    return [{ ...credits, id: host.id, type: host.type ?? '', longer }];
  });
  const [first] = exhausted.toSorted(
    (a, b) => Number(b.sure) - Number(a.sure) || a.since.getTime() - b.since.getTime(),
  );
  if (!first) return [];
  const { id, since, cpu, sure } = first;
  const ids = exhausted.map((one) => one.id);
  const all = ids.length === usage.hosts.length;
  return [
    findingOf(
      answer('cpu-credits-exhausted', {
        status: sure ? 'confirmed' : 'likely',
        why: 'the credit balance of the instance is zero and its CPU stands at its baseline',
        decide: `the credit mode of ${id}: aws ec2 describe-instance-credit-specifications --instance-ids ${id}`,
      }),
      { ...namesFor(target, { service }), resource: id },
      {
        subject: service.serviceArn,
        summary: summaryOf(first, ids.length, all ? '' : ` of ${usage.hosts.length}`, scope.now),
        firstAt: since.toISOString(),
        ...(ids.length > 1 && { count: ids.length }),
        // Of the tasks on the other instances, where there are any, it explains nothing.
        ...(all && {
          reasonOf: [
            'cpu-saturated',
            'cpu-saturated-at-boot',
            'elb-health-timeout',
            'container-health-failed',
          ],
        }),
        evidence: [
          hostEvidence(picture, id, 'CPUCreditBalance', 'Minimum', '0', since),
          hostEvidence(picture, id, 'CPUUtilization', 'Average', percent(cpu), since),
        ],
        fix: {
          summary: `Take a type that does not spend credits, or a larger one; unlimited mode lets ${listed(ids.slice(0, 3))} go on at once and bills what is above the baseline.`,
          terraform:
            'resource "aws_launch_template" "this" {\n  credit_specification {\n    cpu_credits = "unlimited"\n  }\n}',
          cli: `aws ec2 modify-instance-credit-specification --region ${target.region} --instance-credit-specifications ${ids
            .slice(0, 20)
            .map((one) => `InstanceId=${one},CpuCredits=unlimited`)
            .join(' ')}`,
        },
        next: ['health'],
      },
    ),
  ];
}

function summaryOf(
  { id, type, since, longer, cpu, baseline }: Exhausted,
  count: number,
  of: string,
  now: Date,
) {
  const long = `${longer ? 'at least ' : ''}${duration(now.getTime() - since.getTime())}`;
  const stands = `its CPU stands at ${percent(cpu)}`;
  if (count > 1)
    return `${plural(count, 'instance')}${of} have no CPU credits left and are cut to their baseline, ${id} (${type}) for ${long}: ${stands}.`;
  const most = baseline === undefined ? 'its baseline' : `its ${baseline} %`;
  return `${id} (${type}) has had no CPU credits for ${long} and may use no more than ${most}: ${stands}.`;
}

function hostEvidence(
  { target, usage }: Picture,
  id: string,
  metric: string,
  statistic: string,
  value: string,
  at: Date,
): Evidence {
  return {
    api: 'cloudwatch:GetMetricData',
    field: `AWS/EC2 ${metric} ${statistic} of ${id}`,
    value,
    at: at.toISOString(),
    cli: `aws cloudwatch get-metric-statistics --namespace AWS/EC2 --metric-name ${metric} --dimensions Name=InstanceId,Value=${id} --start-time ${usage.from.toISOString()} --end-time ${usage.to.toISOString()} --period ${Math.max(300, usage.period)} --statistics ${statistic} --region ${target.region}`,
  };
}
