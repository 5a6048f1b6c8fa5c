import { causeOf } from '../../causes/index.ts';
import { type Explanation, explain } from '../../explain.ts';
import { findingOf, namesFor } from '../../findings.ts';
import type { Finding } from '../../report.ts';
import { answer } from '../../rules/explanation.ts';
import { breakerOf } from './breaker.ts';
import { describeDeployment, functionOf, type Rollout } from './rollout.ts';

/** What the breaker and the alarms say themselves, and what says nothing. */
const saidElsewhere = new Set([
  'circuit-breaker-tripped',
  'deployment-alarm',
  'deployment-rolling-back',
  'deployment-in-progress',
  'deployment-completed',
  'unknown',
]);

/** Where the details could not be read, the breaker says nothing itself. */
function isSaid(cause: string, { details }: Rollout): boolean {
  return cause === 'circuit-breaker-tripped' ? details !== undefined : saidElsewhere.has(cause);
}

/** Hooks, listener rules, roles, a person: `statusReason` alone tells. */
export function reasonFindings(rollout: Rollout): Finding[] {
  const { target, service, details, brief } = rollout;
  const text = [...new Set([brief?.statusReason, details?.statusReason, details?.rollback?.reason])]
    .filter(Boolean)
    .join(' ');
  const hook = details?.lifecycleHookDetails?.find(
    ({ status }) => status === 'FAILED' || status === 'TIMED_OUT',
  );
  const found = text === '' ? undefined : explain({ where: 'deployment.rolloutStateReason', text })[0];
  const known = found !== undefined && !isSaid(found.cause, rollout) ? found : undefined;
  const explanation: Explanation | undefined =
    known ?? (hook ? answer('hook-failed', { why: 'a lifecycle hook failed' }) : undefined);
  if (!explanation) return stoppedFindings(rollout, text);
  const isHook = explanation.cause.startsWith('hook-');
  const name = functionOf(hook?.targetArn);
  const stage = details?.lifecycleStage;
  const finding = findingOf({ ...explanation, status: 'confirmed' }, namesFor(target, { service }), {
    subject: (isHook ? hook?.targetArn : undefined) ?? details?.serviceDeploymentArn ?? service.serviceArn,
    summary: summaryOf(explanation, { text, name, stage, hookStatus: isHook ? hook?.status : undefined }),
    evidence: [
      {
        api: details ? 'ecs:DescribeServiceDeployments' : 'ecs:ListServiceDeployments',
        field: 'serviceDeployments[0].statusReason',
        value: text || `${hook?.status ?? ''} ${hook?.targetArn ?? ''}`.trim(),
        at: (details?.updatedAt ?? brief?.finishedAt)?.toISOString(),
        cli: describeDeployment(rollout),
      },
    ],
    next: ['events'],
  });
  if (explanation.cause !== 'hook-failed' || name === undefined) return [finding];
  return [
    {
      ...finding,
      fix: {
        summary: `Look into the log of ${name}; it must return {"hookStatus": "SUCCEEDED"} in time. Then deploy ${rollout.revision} again.`,
        cli: `aws logs tail /aws/lambda/${name} --since 1h --region ${target.region}`,
      },
    },
  ];
}

function summaryOf(
  { cause }: Explanation,
  { text, name, stage, hookStatus }: Record<'text' | 'name' | 'stage' | 'hookStatus', string | undefined>,
): string {
  const title = causeOf(cause)?.title ?? cause;
  const hook = hookStatus === undefined ? '' : ` (${[name, stage, hookStatus].filter(Boolean).join(', ')})`;
  const said = text ? `: ${text.replace(/\.$/, '')}` : '';
  return `${title.charAt(0).toUpperCase()}${title.slice(1)}${hook}${said}.`;
}

/** STOPPED by neither breaker nor alarm: somebody called StopServiceDeployment. */
function stoppedFindings(rollout: Rollout, text: string): Finding[] {
  const { target, service, status, details, revision } = rollout;
  if (status !== 'STOPPED' && status !== 'STOP_REQUESTED') return [];
  if (!details || breakerOf(rollout)?.status === 'TRIGGERED' || details.alarms?.status === 'TRIGGERED')
    return [];
  const at = (details.stoppedAt ?? details.finishedAt)?.toISOString();
  return [
    findingOf(
      answer('deployment-stopped', { why: 'stopped by neither breaker nor alarm' }),
      namesFor(target, { service }),
      {
        subject: details.serviceDeploymentArn,
        summary: `Somebody stopped the deployment of ${revision}${at === undefined ? '' : ` at ${at}`}${text ? `: ${text}` : ''}.`,
        evidence: [
          {
            api: 'ecs:DescribeServiceDeployments',
            field: 'serviceDeployments[0].status',
            value: status,
            at,
            cli: describeDeployment(rollout),
          },
        ],
        next: ['changes'],
      },
    ),
  ];
}
