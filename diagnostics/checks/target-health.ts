import type { TargetHealthDescription } from '@aws-sdk/client-elastic-load-balancing-v2';
import { describeTargetHealth } from '../by-hand.ts';
import { causeOf } from '../causes/index.ts';
import { defineCheck } from '../check.ts';
import { type Explanation, explain } from '../explain.ts';
import { service } from '../facts/service.ts';
import { type TargetGroupHealth, targetHealth } from '../facts/target-health.ts';
import { findingOf, namesFor } from '../findings.ts';
import type { Finding, Target } from '../report.ts';
import { plural } from '../words.ts';

/** What the load balancer itself says of the targets that it finds unhealthy. */
export const targetHealthCheck = defineCheck({
  id: 'target-health',
  question: 'why the load balancer finds targets unhealthy',
  needs: { targetHealth },
  wants: { service },
  judge(facts, { target }) {
    const described = facts.service?.ok ? facts.service.value : undefined;
    const names = namesFor(target, { service: described });
    return {
      findings: facts.targetHealth.flatMap((group) =>
        byCause(group).map(({ explanation, targets }) => {
          const [first] = targets;
          return findingOf(
            explanation,
            { ...names, targetGroupArn: group.arn },
            {
              subject: group.arn,
              summary: summary(explanation, group, targets.length),
              count: targets.length,
              evidence: [
                {
                  api: 'elasticloadbalancing:DescribeTargetHealth',
                  field: 'TargetHealthDescriptions[].TargetHealth',
                  value: wordsOf(first),
                  cli: describeTargetHealth(target, group.arn),
                },
                ...groupEvidence(group, target),
              ],
            },
          );
        }),
      ),
    };
  },
});

function groupEvidence({ group, arn }: TargetGroupHealth, target: Target): Finding['evidence'] {
  if (!group) return [];
  const path = group.HealthCheckPath ?? '';
  return [
    {
      api: 'elasticloadbalancing:DescribeTargetGroups',
      field: 'TargetGroups[0].HealthCheckPath',
      value: `${group.HealthCheckProtocol ?? ''} ${path} every ${group.HealthCheckIntervalSeconds ?? '?'} s, expects ${group.Matcher?.HttpCode ?? group.Matcher?.GrpcCode ?? 'an answer'}`,
      cli: `aws elbv2 describe-target-groups --target-group-arns ${arn} --region ${target.region}`,
    },
  ];
}

function summary({ cause, names }: Explanation, { group, arn }: TargetGroupHealth, count: number): string {
  const title = causeOf(cause)?.title ?? cause;
  const name = group?.TargetGroupName ?? arn.split('/')[1] ?? arn;
  const answered = names.code === undefined ? '' : ` with ${names.code}`;
  const path = group?.HealthCheckPath === undefined ? '' : ` on ${group.HealthCheckPath}`;
  return `${title.charAt(0).toUpperCase()}${title.slice(1)}: ${plural(count, 'target')} of ${name} answer${count === 1 ? 's' : ''} the check${path}${answered}.`;
}

function wordsOf(description: TargetHealthDescription | undefined): string {
  const { State, Reason, Description } = description?.TargetHealth ?? {};
  return [State, Reason, Description].filter(Boolean).join(' · ');
}

interface TargetsByCause {
  explanation: Explanation;
  targets: TargetHealthDescription[];
}

function byCause({ targets }: TargetGroupHealth): TargetsByCause[] {
  const groups = new Map<string, TargetsByCause>();
  for (const target of targets) {
    const { State, Reason, Description } = target.TargetHealth ?? {};
    if (State === 'healthy') continue;
    const [explanation] = explain({
      where: 'target.health',
      text: [State, Reason, Description].filter(Boolean).join(' '),
      context: { state: State, targetReason: Description },
    });
    if (!explanation || explanation.severity === 'info' || explanation.cause === 'unknown') continue;
    const group = groups.get(explanation.cause);
    if (group) group.targets.push(target);
    else groups.set(explanation.cause, { explanation, targets: [target] });
  }
  return [...groups.values()];
}
