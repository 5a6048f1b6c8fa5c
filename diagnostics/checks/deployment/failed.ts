import { findingOf, namesFor } from '../../findings.ts';
import type { Finding } from '../../report.ts';
import { answer } from '../../rules/explanation.ts';
import { duration } from '../../words.ts';
import { type Alarms, alarmFinding } from './alarms.ts';
import { reasonFindings } from './reasons.ts';
import { describeDeployment, type Rollout } from './rollout.ts';
import { breakerFindings } from './tripped.ts';

/** What a deployment that failed, was rolled back or was stopped amounts to. */
export function failedFindings(rollout: Rollout, alarms: Alarms): Finding[] {
  const { status, details } = rollout;
  const triggered = details?.alarms?.status === 'TRIGGERED' || byAlarm(rollout);
  const reasons = [
    ...breakerFindings(rollout),
    ...(triggered ? [alarmFinding(rollout, alarms)] : []),
    ...reasonFindings(rollout),
  ].filter((finding, index, all) => all.findIndex(({ cause }) => cause === finding.cause) === index);
  return status.startsWith('ROLLBACK') ? [rollbackFinding(rollout, reasons), ...reasons] : reasons;
}

function byAlarm({ brief, details }: Rollout): boolean {
  return /\balarms?\b/i.test(`${brief?.statusReason ?? ''} ${details?.rollback?.reason ?? ''}`);
}

const rollbackWords: Readonly<Record<string, string>> = {
  ROLLBACK_REQUESTED: 'is about to be rolled back',
  ROLLBACK_IN_PROGRESS: 'is being rolled back',
  ROLLBACK_SUCCESSFUL: 'was rolled back',
  ROLLBACK_FAILED: 'failed, and so did its rollback',
};

/** `was rolled back to api:41` */
export function rolledBackWords({ status, previous }: Rollout): string {
  const words = rollbackWords[status] ?? `has status ${status}`;
  return previous === undefined || status === 'ROLLBACK_FAILED' ? words : `${words} to ${previous}`;
}

function rollbackFinding(rollout: Rollout, reasons: readonly Finding[]): Finding {
  const { target, service, details, brief, revision, previous, now, age } = rollout;
  const at = rollout.finishedAt ?? details?.rollback?.startedAt?.getTime();
  const when = at === undefined ? '' : `, ${duration(now - at)} ago, after ${duration(age)}`;
  const why = reasonText(rollout);
  const said = why === undefined || reasons.length > 0 ? '' : `: ${why}`;
  const revisions = previous === undefined ? '' : `${previous} serves. `;
  const finding = findingOf(
    answer('deployment-rolling-back', { why: 'the newest deployment ended as a rollback' }),
    { ...namesFor(target, { service }), ...(previous === undefined ? {} : { lastGoodRevision: previous }) },
    {
      subject: details?.serviceDeploymentArn ?? service.serviceArn,
      summary:
        `${revision} is not live: its deployment ${rolledBackWords(rollout)}${when}${said}. ${revisions}`.trim(),
      lastAt: at === undefined ? undefined : new Date(at).toISOString(),
      evidence: [
        {
          api: brief ? 'ecs:ListServiceDeployments' : 'ecs:DescribeServiceDeployments',
          field: 'serviceDeployments[0].status',
          value: [rollout.status, why].filter(Boolean).join(': '),
          at: at === undefined ? undefined : new Date(at).toISOString(),
          cli: describeDeployment(rollout),
        },
      ],
      next: ['why-stopped'],
    },
  );
  return finding;
}

function reasonText({ details, brief }: Rollout): string | undefined {
  return details?.rollback?.reason ?? details?.statusReason ?? brief?.statusReason;
}

/** What goes on unnoticed after a rollback. Empty where nothing was turned back. */
export function pipelineWords({ status, revision }: Rollout): string {
  if (!status.startsWith('ROLLBACK')) return '';
  return `; a pipeline that only waits for a stable service reports success, and infrastructure code that recorded ${revision} deploys it again at its next change`;
}

/** `api:42 was rolled back and is not live`: what whoever deployed must not miss, before the cause. */
export function failedLead(rollout: Rollout): string | undefined {
  const { status, revision } = rollout;
  if (status.startsWith('ROLLBACK'))
    return status === 'ROLLBACK_SUCCESSFUL'
      ? `${revision} was rolled back and is not live`
      : `${revision} is not live, it ${rollbackWords[status] ?? 'is rolled back'}`;
  return status === 'STOPPED' ? `${revision} was given up` : undefined;
}
