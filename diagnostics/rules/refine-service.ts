import { answer, type Explanation } from './explanation.ts';
import { numberLike, type Seen, textIn } from './seen.ts';

/** "Steady" and "completed" are true of a service at zero as well. */
export function refineSteady(seen: Seen, found: Explanation): Explanation {
  const { desiredCount } = seen.context;
  if (desiredCount !== 0) return crashLoop(seen) ?? found;
  const before = numberLike(
    seen.context,
    /^(?:previous|former|last|wanted|expected)\w{0,12}(?:desired|count)/i,
  );
  if (before === 0) return found;
  if (before === undefined && found.cause === 'steady-state')
    return {
      ...found,
      status: 'likely',
      also: ['deployment-zero-desired'],
      decide:
        'aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=UpdateService',
    };
  return answer('deployment-zero-desired', {
    names: found.names,
    status: before === undefined ? 'likely' : 'confirmed',
    ...(before === undefined
      ? {
          severity: 'warn',
          decide:
            'aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=UpdateService',
        }
      : {}),
    why:
      before === undefined
        ? 'desiredCount is 0, so nothing is running although every signal is green.'
        : `desiredCount is 0 and was ${before}: every signal is green while nothing runs.`,
    also: [found.cause],
  });
}

/** More starts than this in half an hour cannot be deployments or scaling of one service. */
const manyStarts = 10;
const shortLife = 300;

interface Stop {
  runtimeSeconds?: unknown;
  exitCode?: unknown;
}

/** Tasks that reach RUNNING and die are never throttled and never counted as failed; only the rate of starts shows them. */
export function crashLoop(seen: Seen): Explanation | undefined {
  const starts = numberLike(seen.context, /^started\w{0,24}(?:minutes?|hour|hours?|count)?$/i);
  const stops = Array.isArray(seen.context.recentStopped) ? seen.context.recentStopped : [];
  const short = stops.filter(isShort).length;
  if ((starts ?? 0) < manyStarts && short < 3) return undefined;
  if (stops.length > 0 && short === 0) return undefined;
  return answer('crash-loop-after-running', {
    status: stops.length > 0 ? 'confirmed' : 'likely',
    why: `${starts ?? short} tasks were started in a short time, and they end soon after they have reached RUNNING.`,
    ...(stops.length > 0
      ? {}
      : {
          decide:
            'aws ecs list-tasks --desired-status STOPPED, then aws ecs describe-tasks for exit codes and runtimes',
        }),
  });
}

function isShort(stop: unknown): boolean {
  if (typeof stop !== 'object' || stop === null) return false;
  const { runtimeSeconds, exitCode } = stop satisfies Stop as Stop;
  return typeof runtimeSeconds === 'number' && runtimeSeconds < shortLife && exitCode !== 143;
}

/** The general sentence becomes exact where the cluster's state is known. */
export function refinePlacement(seen: Seen, found: Explanation): Explanation {
  const instances = numberLike(
    seen.context,
    /^(?:registered|active)?container ?instances?(?:count)?$|^registeredcontainerinstances/i,
  );
  const gpus = numberLike(seen.context, /gpu/i);
  if (instances === 0)
    return answer('capacity-no-instances', {
      names: found.names,
      why: 'The cluster has no registered container instance.',
      also: [found.cause],
    });
  if (gpus === 0 && seen.context.agentConnected !== false)
    return answer('gpu-not-registered', {
      names: found.names,
      why: 'The instances are registered without a GPU.',
      also: [found.cause],
    });
  return found;
}

/** Without a launch type or a strategy ECS looks for EC2 instances, even in a cluster that only has Fargate. */
export function refineNoInstances(seen: Seen, found: Explanation): Explanation {
  const providers = seen.context.clusterCapacityProviders;
  const fargateOnly =
    Array.isArray(providers) &&
    providers.length > 0 &&
    providers.every((name) => /^FARGATE/.test(String(name)));
  const unnamed = !seen.context.launchType && !seen.context.capacityProviderStrategy;
  if (!fargateOnly || !unnamed) return found;
  return answer('compute-incompatible', {
    names: found.names,
    why: 'The cluster only has Fargate, and the call named neither a launch type nor a capacity provider strategy.',
    also: [found.cause],
  });
}

/** A control task that fails too rules the shape and the subnet out. */
export function refineFargateCapacity(seen: Seen, found: Explanation): Explanation {
  const control = textIn(seen.context, 'controlRunTask');
  if (control === undefined || !/error|exception|fail/i.test(control)) return found;
  return answer('aws-internal-error', {
    names: found.names,
    status: 'likely',
    why: `A control task failed as well ("${control}"), so neither the size nor the subnet is at fault.`,
    decide: 'The Health Dashboard of the region',
    also: [found.cause],
  });
}

/** The instance went because Spot took it back. */
export function refineHostTerminated(seen: Seen, found: Explanation): Explanation {
  const reason = textIn(seen.context, 'instanceStateReason') ?? '';
  const spot =
    /spot/i.test(reason) || (/spot/i.test(textIn(seen.context, 'instanceLifecycle') ?? '') && reason === '');
  if (!spot) return found;
  return answer('spot-interrupted', {
    names: found.names,
    why: `The instance was ended by Spot: ${reason || 'instanceLifecycle is spot'}.`,
    also: [found.cause],
  });
}
