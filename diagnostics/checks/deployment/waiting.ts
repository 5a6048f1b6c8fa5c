import type { DeploymentLifecycleHookDetail } from '@aws-sdk/client-ecs';
import { findingOf, namesFor } from '../../findings.ts';
import type { Finding } from '../../report.ts';
import { answer } from '../../rules/explanation.ts';
import { duration } from '../../words.ts';
import { canaryMinutes, stepMinutes, stepPercent } from './history.ts';
import { describeDeployment, functionOf, type Rollout } from './rollout.ts';

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

/** Milliseconds after the time of a hook is up in which ECS may still be about to act on it. */
const graceAfterHook = 5 * 60_000;

/** What the deployment waits for by design: a person, a function, or its bake time. */
export function waitingOf(rollout: Rollout): Waiting | undefined {
  const hook = openHook(rollout);
  if (hook && isOverdue(hook, rollout)) return undefined;
  if (hook) return hook.status === 'AWAITING_ACTION' ? forPerson(rollout, hook) : forFunction(rollout, hook);
  return rollout.status === 'IN_PROGRESS' ? baking(rollout) : undefined;
}

/** A hook that ECS should have acted on: when its time is up, the deployment goes on or back by itself. */
export function overdueHookWords(rollout: Rollout): string | undefined {
  const hook = openHook(rollout);
  if (!hook?.expiresAt || !isOverdue(hook, rollout)) return undefined;
  const stage = rollout.details?.lifecycleStage;
  const what = hook.status === 'AWAITING_ACTION' ? 'the pause' : `the hook ${nameOf(hook)}`;
  const ago = duration(rollout.now - hook.expiresAt.getTime());
  return `${what}${stage === undefined ? '' : ` at ${stage}`} should have ended at ${hook.expiresAt.toISOString()}, ${ago} ago, and it has neither gone on nor been rolled back`;
}

/** The hook that the deployment stands at: one that waits for a person before one that runs. */
function openHook({ details, status }: Rollout): DeploymentLifecycleHookDetail | undefined {
  if (status !== 'IN_PROGRESS') return undefined;
  const hooks = details?.lifecycleHookDetails ?? [];
  return (
    hooks.find((hook) => hook.status === 'AWAITING_ACTION') ??
    hooks.find((hook) => hook.status === 'IN_PROGRESS')
  );
}

function isOverdue({ expiresAt }: DeploymentLifecycleHookDetail, { now }: Rollout): boolean {
  return expiresAt !== undefined && now - expiresAt.getTime() > graceAfterHook;
}

function nameOf({ targetArn }: DeploymentLifecycleHookDetail): string {
  return functionOf(targetArn) ?? 'its function';
}

/** What a hook's time being up leads to, and when: ` for 5 minutes more, then is rolled back`. */
function timeLeft({ expiresAt, timeoutAction }: DeploymentLifecycleHookDetail, now: number): string {
  if (expiresAt === undefined) return '';
  const then = timeoutAction === 'CONTINUE' ? 'goes on by itself' : 'is rolled back';
  const left = expiresAt.getTime() - now;
  return left > 0
    ? ` for ${duration(left)} more, then ${then}`
    : `, its time is up, so it ${then} any moment`;
}

function forPerson(rollout: Rollout, hook: DeploymentLifecycleHookDetail): Waiting {
  const { target, service, details, now } = rollout;
  const stage = details?.lifecycleStage ?? 'a pause hook';
  const arn = details?.serviceDeploymentArn ?? 'SERVICE_DEPLOYMENT_ARN';
  const proceed = `aws ecs continue-service-deployment --service-deployment-arn ${arn} --hook-id ${hook.hookId ?? 'HOOK_ID'} --region ${target.region}`;
  const then = hook.timeoutAction === 'CONTINUE' ? 'goes on by itself' : 'is rolled back';
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
    words: `waits for a person at ${stage}${timeLeft(hook, now)}`,
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
  const name = nameOf(hook);
  const { expiresAt, timeoutAction } = hook;
  const left = expiresAt === undefined ? undefined : expiresAt.getTime() - now;
  const limit =
    expiresAt === undefined
      ? ''
      : `, at most until ${expiresAt.toISOString()}, then it ${timeoutAction === 'CONTINUE' ? 'goes on' : 'is rolled back'}`;
  return {
    words: `waits at ${stage} for the hook ${name}${left === undefined ? '' : left > 0 ? `, at most ${duration(left)} more` : timeLeft(hook, now)}`,
    text: `${stage}, waits for the Lambda function ${name}${limit}`,
  };
}

/** When the stage began is not told; the last update of the deployment comes closest. */
function baking({ details, service, now }: Rollout): Waiting | undefined {
  const stage = details?.lifecycleStage;
  const configuration = details?.deploymentConfiguration ?? service.deploymentConfiguration;
  const { strategy, bakeTimeInMinutes } = configuration ?? {};
  const weight = details?.targetServiceRevision?.requestedProductionTrafficWeight;
  const shifted = weight === undefined || weight >= 100 ? undefined : `${weight} % of production traffic`;
  const minutes =
    stage === 'BAKE_TIME'
      ? bakeTimeInMinutes
      : stage !== 'PRODUCTION_TRAFFIC_SHIFT' || shifted === undefined
        ? undefined
        : strategy === 'CANARY'
          ? canaryMinutes(configuration)
          : strategy === 'LINEAR'
            ? stepMinutes(configuration)
            : undefined;
  if (minutes === undefined || minutes === 0) return undefined;
  const since = (details?.updatedAt ?? details?.startedAt)?.getTime() ?? now;
  const left = since + minutes * 60_000 - now;
  // Long past its time it is no longer by design.
  if (left < -graceAfterBake) return undefined;
  const about = left > 0 ? `, about ${duration(left)} more` : ', due to end now';
  const step = strategy === 'LINEAR' ? ` of steps of ${stepPercent(configuration)} %` : '';
  const what =
    stage === 'BAKE_TIME'
      ? `bakes for ${minutes} minutes with both revisions running`
      : `takes ${shifted}${step} for ${minutes} minutes before more follows`;
  return { words: `${what}${about}`, text: `${stage}: it ${what}${about}` };
}

/** Milliseconds that a bake may be overdue before it is looked into: the update that it is counted from is a guess. */
const graceAfterBake = 10 * 60_000;
