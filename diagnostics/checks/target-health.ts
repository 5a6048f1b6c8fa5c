import type { Service } from '@aws-sdk/client-ecs';
import type { TargetHealthDescription } from '@aws-sdk/client-elastic-load-balancing-v2';
import { describeTargetHealth } from '../by-hand.ts';
import { defineCheck } from '../check.ts';
import { type Explanation, explain } from '../explain.ts';
import type { Settled } from '../fact.ts';
import { service } from '../facts/service.ts';
import { type TargetGroupHealth, targetHealth } from '../facts/target-health.ts';
import { type Tasks, tasks } from '../facts/tasks.ts';
import { findingOf, namesFor } from '../findings.ts';
import { addressesOf, checkWords, isAddress } from '../health/join.ts';
import { isInTrouble, reasonWords } from '../health/states.ts';
import type { Finding, Target } from '../report.ts';
import { plural } from '../words.ts';

/** What the load balancer itself says of the targets that it finds unhealthy. */
export const targetHealthCheck = defineCheck({
  id: 'target-health',
  question: 'why the load balancer finds targets unhealthy',
  needs: { targetHealth },
  wants: { service, tasks },
  judge(facts, { target }) {
    const described = facts.service?.ok ? facts.service.value : undefined;
    const names = namesFor(target, { service: described });
    const known = { service: described, tasks: facts.tasks };
    return {
      findings: facts.targetHealth.flatMap((group) =>
        byCause(group).map(({ explanation, targets }) => {
          const [first] = targets;
          return findingOf(
            explanation,
            { ...names, targetGroupArn: group.arn },
            {
              subject: group.arn,
              summary: summary(group, targets),
              count: targets.length,
              ...(targets.every((one) => isForeign(one, group, known)) && { alsoSeen: true }),
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

/**
 * Left over from a task that is gone, or registered by somebody else: worth knowing, and no fault of this service's
 * tasks. Where they could not be read, a settled service whose other targets are as many as it wants needs no more.
 */
function isForeign(
  { Target }: TargetHealthDescription,
  { targets }: TargetGroupHealth,
  { tasks, service }: Known,
): boolean {
  if (tasks === undefined || !isAddress(Target?.Id)) return false;
  if (!tasks.ok) {
    const healthy = targets.filter(({ TargetHealth }) => TargetHealth?.State === 'healthy').length;
    return service?.deployments?.length === 1 && healthy >= (service.desiredCount ?? 0);
  }
  const { running, stopping, stopped, complete, runningComplete } = tasks.value;
  if (!complete || !runningComplete) return false;
  return ![...running, ...stopping, ...stopped].flatMap(addressesOf).includes(Target?.Id ?? '');
}

interface Known {
  service: Service | undefined;
  /** Absent until they have come. */
  tasks: Settled<Tasks> | undefined;
}

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

function summary({ group, arn }: TargetGroupHealth, targets: readonly TargetHealthDescription[]): string {
  const [first] = targets;
  const name = group?.TargetGroupName ?? arn.split('/')[1] ?? arn;
  const fail = `${plural(targets.length, 'target')} of ${name} ${targets.length === 1 ? 'fails' : 'fail'}`;
  // How often, and what is expected, is in the evidence.
  const [how] = checkWords(group, first?.HealthCheckPort).split(' every ');
  return `${fail} ${how}${first ? `: ${reasonWords(first)}` : ''}.`;
}

function wordsOf(description: TargetHealthDescription | undefined): string {
  const { State, Reason, Description } = description?.TargetHealth ?? {};
  return [State, Reason, Description].filter(Boolean).join(' · ');
}

interface TargetsByCause {
  explanation: Explanation;
  targets: TargetHealthDescription[];
}

function byCause({ targets, pairedWith }: TargetGroupHealth): TargetsByCause[] {
  const groups = new Map<string, TargetsByCause>();
  for (const target of targets) {
    const { State, Reason, Description } = target.TargetHealth ?? {};
    if (!isInTrouble(target) || Reason === 'Target.InvalidState') continue;
    const [explanation] = explain({
      where: 'target.health',
      text: [State, Reason, Description].filter(Boolean).join(' '),
      context: { state: State, targetReason: Description },
    });
    if (!explanation || explanation.severity === 'info' || explanation.cause === 'unknown') continue;
    // The idle one of a blue/green pair may belong to no listener until the next deployment.
    if (pairedWith !== undefined && explanation.cause === 'elb-target-unused') continue;
    const group = groups.get(explanation.cause);
    if (group) group.targets.push(target);
    else groups.set(explanation.cause, { explanation, targets: [target] });
  }
  return [...groups.values()];
}
