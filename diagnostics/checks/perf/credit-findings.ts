import { findingOf, namesFor } from '../../findings.ts';
import { type Credits, creditsOf } from '../../perf/burstable.ts';
import { percent } from '../../perf-words.ts';
import type { Evidence, Finding } from '../../report.ts';
import { answer } from '../../rules/explanation.ts';
import { duration, listed, plural } from '../../words.ts';
import type { Picture } from './picture.ts';

type Exhausted = Extract<Credits, { state: 'exhausted' }> & { id: string; type: string };

/** Instances that have spent their CPU credits and are cut to what they may use for ever. */
export function creditFindings(picture: Picture): Finding[] {
  const { usage, target, service, scope } = picture;
  const exhausted = usage.hosts.flatMap((host): Exhausted[] => {
    const credits = creditsOf(host);
    return credits.state === 'exhausted' ? [{ ...credits, id: host.id, type: host.type ?? '' }] : [];
  });
  const [first] = exhausted.toSorted(
    (a, b) => Number(b.sure) - Number(a.sure) || a.since.getTime() - b.since.getTime(),
  );
  if (!first) return [];
  const { id, type, since, cpu, baseline, sure } = first;
  const ids = exhausted.map((one) => one.id);
  const few = ids.length === usage.hosts.length ? '' : ` of ${usage.hosts.length}`;
  const each =
    ids.length === 1 ? `${id} (${type})` : `${plural(ids.length, 'instance')}${few}, first ${id} (${type}),`;
  const cut =
    baseline === undefined ? 'may use no more than its baseline' : `may use no more than its ${baseline} %`;
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
        summary: `${each} ${ids.length === 1 ? 'has' : 'have'} had no CPU credits for ${duration(scope.now.getTime() - since.getTime())} and ${ids.length === 1 ? cut : 'are cut to their baseline'}: CPU of ${id} stands at ${percent(cpu)}.`,
        firstAt: since.toISOString(),
        ...(ids.length > 1 && { count: ids.length }),
        reasonOf: [
          'cpu-saturated',
          'cpu-saturated-at-boot',
          'hot-task',
          'elb-health-timeout',
          'container-health-failed',
        ],
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
