import type { DeploymentLifecycleHookDetail } from '@aws-sdk/client-ecs';
import { findingOf, namesFor } from '../../findings.ts';
import type { Finding } from '../../report.ts';
import { answer } from '../../rules/explanation.ts';
import { duration } from '../../words.ts';
import { describeDeployment, type Rollout } from './rollout.ts';

/** A wait that the deployment was configured to make. It is not stuck, however long it takes. */
export interface Waiting {
  /** Reads on after the revision: `waits at … for a person`. */
  words: string;
  /** In full, with times. */
  text: string;
  /** The command that ends the wait. */
  proceed?: string;
  finding?: Finding;
}

/** What the deployment waits for by design: a person, a function, or its bake time. */
export function waitingOf(rollout: Rollout): Waiting | undefined {
  const { details, status } = rollout;
  if (!details || status !== 'IN_PROGRESS') return undefined;
  const hooks = details.lifecycleHookDetails ?? [];
  const paused = hooks.find((hook) => hook.status === 'AWAITING_ACTION');
  if (paused) return forPerson(rollout, paused);
  const running = hooks.find((hook) => hook.status === 'IN_PROGRESS');
  if (running) return forFunction(rollout, running);
  return baking(rollout);
}

function forPerson(rollout: Rollout, hook: DeploymentLifecycleHookDetail): Waiting {
  const { target, service, details, now } = rollout;
  const stage = details?.lifecycleStage ?? 'a pause hook';
  const arn = details?.serviceDeploymentArn ?? 'SERVICE_DEPLOYMENT_ARN';
  const proceed = `aws ecs continue-service-deployment --service-deployment-arn ${arn} --hook-id ${hook.hookId ?? 'HOOK_ID'} --region ${target.region}`;
  const then = hook.timeoutAction === 'CONTINUE' ? 'goes on by itself' : 'is rolled back';
  const left = hook.expiresAt === undefined ? undefined : hook.expiresAt.getTime() - now;
  const until =
    left === undefined ? '' : left > 0 ? ` for ${duration(left)} more, then ${then}` : `, past its time`;
  const expires =
    hook.expiresAt === undefined
      ? 'without a time limit'
      : `until ${hook.expiresAt.toISOString()}, then it ${then}`;
  const text = `paused at ${stage} by design ${expires}; whoever may call ecs:ContinueServiceDeployment continues it or rolls it back`;
  const finding = findingOf(
    answer('hook-waiting', { why: 'a pause hook awaits an action' }),
    namesFor(target, { service }),
    {
      subject: details?.serviceDeploymentArn,
      summary: `The deployment of ${rollout.revision} waits at ${stage} until somebody continues it.`,
      evidence: [
        {
          api: 'ecs:DescribeServiceDeployments',
          field: 'serviceDeployments[0].lifecycleHookDetails[].status',
          value: [hook.targetType, hook.status, hook.timeoutAction && `then ${hook.timeoutAction}`]
            .filter(Boolean)
            .join(' · '),
          at: hook.expiresAt?.toISOString(),
          cli: describeDeployment(rollout),
        },
      ],
      next: ['deployment'],
    },
  );
  return {
    words: `waits for a person at ${stage}${until}`,
    text,
    proceed: `${proceed} --action CONTINUE`,
    finding: {
      ...finding,
      fix: {
        summary: `Continue it, or roll it back with --action ROLLBACK${hook.expiresAt === undefined ? '' : ', before its time is up'}.`,
        cli: `${proceed} --action CONTINUE`,
      },
    },
  };
}

function forFunction({ details, now }: Rollout, hook: DeploymentLifecycleHookDetail): Waiting {
  const stage = details?.lifecycleStage ?? 'a stage';
  const name = hook.targetArn?.split(':').at(-1) ?? 'its function';
  const { expiresAt, timeoutAction } = hook;
  const left = expiresAt === undefined ? undefined : expiresAt.getTime() - now;
  const limit =
    expiresAt === undefined
      ? ''
      : `, at most until ${expiresAt.toISOString()}, then it ${timeoutAction === 'CONTINUE' ? 'goes on' : 'is rolled back'}`;
  return {
    words: `waits at ${stage} for the hook ${name}${left === undefined || left <= 0 ? '' : `, at most ${duration(left)} more`}`,
    text: `${stage}, waits for the Lambda function ${name}${limit}`,
  };
}

/** When the stage began is not told; the last update of the deployment comes closest. */
function baking({ details, service, now }: Rollout): Waiting | undefined {
  const stage = details?.lifecycleStage;
  const configuration = details?.deploymentConfiguration ?? service.deploymentConfiguration;
  const { strategy, canaryConfiguration, linearConfiguration, bakeTimeInMinutes } = configuration ?? {};
  const weight = details?.targetServiceRevision?.requestedProductionTrafficWeight;
  const shifted = weight === undefined || weight >= 100 ? undefined : `${weight} % of production traffic`;
  const minutes =
    stage === 'BAKE_TIME'
      ? bakeTimeInMinutes
      : stage !== 'PRODUCTION_TRAFFIC_SHIFT' || shifted === undefined
        ? undefined
        : strategy === 'CANARY'
          ? canaryConfiguration?.canaryBakeTimeInMinutes
          : strategy === 'LINEAR'
            ? linearConfiguration?.stepBakeTimeInMinutes
            : undefined;
  if (minutes === undefined || minutes === 0) return undefined;
  const since = (details?.updatedAt ?? details?.startedAt)?.getTime() ?? now;
  const left = since + minutes * 60_000 - now;
  // Long past its time it is no longer by design.
  if (left < -graceAfterBake) return undefined;
  const about = left > 0 ? `, about ${duration(left)} more` : ', due to end now';
  const step = strategy === 'LINEAR' ? ` of steps of ${linearConfiguration?.stepPercent ?? 10} %` : '';
  const what =
    stage === 'BAKE_TIME'
      ? `bakes for ${minutes} minutes with both revisions running`
      : `takes ${shifted}${step} for ${minutes} minutes before more follows`;
  return { words: `${what}${about}`, text: `${stage}: it ${what}${about}` };
}

/** Milliseconds that a bake may be overdue before it is looked into: the update that it is counted from is a guess. */
const graceAfterBake = 10 * 60_000;
