import type { ObservedContainer } from '../observation.ts';
import { recognise } from '../signatures/index.ts';
import { normalise } from '../signatures/normalise.ts';
import { culpritOf } from './culprit.ts';
import { answer, type Explanation } from './explanation.ts';
import { isServiceConnectProxy } from './helpers.ts';
import { killedInRequestedStop, ranIntoStopTimeout } from './kill.ts';
import { numberIn, type Seen, textIn } from './seen.ts';
import { fromText } from './text.ts';

/** Spot, host and infrastructure: stop codes that outrank whatever the containers did on their way out. */
export function infrastructureStop(seen: Seen): Explanation | undefined {
  const code = seen.stopCode;
  if (code !== 'SpotInterruption' && code !== 'TerminationNotice' && code !== 'InfrastructureHealth')
    return undefined;
  const said = seen.where === 'container.reason' ? textIn(seen.context, 'stoppedReason') : seen.raw;
  const text = said === undefined ? undefined : recognise(normalise(said), 'task.stoppedReason');
  const known = text === undefined ? undefined : fromText(seen, text, 'stoppedReason');
  const cause =
    known !== undefined && infrastructureCauses.has(known.cause) ? known.cause : causeOfCode(seen);
  const explanation =
    known !== undefined && cause === known.cause
      ? known
      : answer(cause, {
          status: code === 'TerminationNotice' ? 'likely' : 'confirmed',
          why: `stopCode is ${code}.`,
        });
  return lateKill(seen, explanation);
}

const infrastructureCauses = new Set([
  'spot-interrupted',
  'fargate-maintenance',
  'host-terminated',
  'host-draining',
  'instance-deregistered',
  'infrastructure-health',
  'agent-lost',
]);

function causeOfCode(seen: Seen): string {
  if (seen.stopCode === 'SpotInterruption') return 'spot-interrupted';
  if (seen.stopCode === 'InfrastructureHealth') return 'infrastructure-health';
  if (/spot/i.test(textIn(seen.context, 'capacityProviderName') ?? '')) return 'spot-interrupted';
  return seen.context.launchType === 'FARGATE' ? 'fargate-maintenance' : 'host-terminated';
}

/** A container that sat out the notice loses work at every such stop, which is the part that can be changed. */
function lateKill(seen: Seen, explanation: Explanation): Explanation {
  const killed = killedContainer(seen);
  const lasted = numberIn(seen.context, 'stoppingToStoppedSeconds');
  if (killed === undefined || lasted === undefined) return explanation;
  const late = killedInRequestedStop(seen, killed, explanation.cause);
  return late.status === 'confirmed' ? late : explanation;
}

/** A stop that is over before SIGTERM has had its time sent no SIGKILL: that 137 is the process's own. */
function killedContainer(seen: Seen) {
  const { context } = seen;
  const culprit = culpritOf(seen.containers, context.firstToStop)?.container;
  const wasKilled = (container: ObservedContainer) =>
    container.exitCode === 137 && ranIntoStopTimeout(seen, container) !== false;
  if (culprit && wasKilled(culprit)) return culprit;
  return seen.containers.find((container) => wasKilled(container) && container.essential !== false);
}

/** `StopTask` puts any text into stoppedReason, so the code decides and the text is only quoted. */
export function userStop(seen: Seen): Explanation | undefined {
  if (seen.stopCode !== 'UserInitiated') return undefined;
  const pulling = seen.where === 'container.reason' && /pull/i.test(seen.reading.text);
  if (pulling || stoppedWhileStarting(seen))
    return answer('task-cancelled-before-pull', {
      why: 'stopCode is UserInitiated and the container was still being started, so the stop cut it short.',
      also: ['user-stopped'],
    });
  const killed = killedContainer(seen);
  if (killed !== undefined) return killedInRequestedStop(seen, killed, 'user-stopped');
  if (seen.where === 'container.reason' && endedOnRequest(seen)) return gracefulStop(seen, 'user-stopped');
  return answer('user-stopped', {
    why: `stopCode is UserInitiated; the text is whatever the caller of StopTask wrote.`,
  });
}

function stoppedWhileStarting(seen: Seen): boolean {
  return seen.text?.signature.cause === 'task-cancelled-before-pull';
}

function endedOnRequest(seen: Seen): boolean {
  const code = seen.context.exitCode;
  return code === 143 || code === 0 || code === 130;
}

function gracefulStop(seen: Seen, askedBy: string): Explanation {
  return answer('graceful-stop', {
    why: `Exit code ${seen.context.exitCode ?? 143} in a stop that was asked for (stopCode ${seen.stopCode}).`,
    also: [askedBy],
  });
}

/** The scheduler stopped the task: scaling, replacement, or because a check failed. */
export function schedulerStop(seen: Seen): Explanation | undefined {
  if (seen.stopCode !== 'ServiceSchedulerInitiated') return undefined;
  const own = seen.where === 'container.reason' ? undefined : seen.text;
  const said = textIn(seen.context, 'stoppedReason');
  const text = own ?? (said === undefined ? undefined : recognise(normalise(said), 'task.stoppedReason'));
  if (
    seen.where === 'container.reason' &&
    /pull/i.test(seen.reading.text) &&
    /context cancell?ed/i.test(seen.reading.text)
  )
    return answer('task-cancelled-before-pull', {
      why: 'stopCode is ServiceSchedulerInitiated and the pull was cut short by that stop.',
    });
  const proxy = seen.containers.find((c) => isServiceConnectProxy(c.name) && c.healthStatus === 'UNHEALTHY');
  if (proxy !== undefined)
    return answer('service-connect-unhealthy', {
      culprit: proxy.name,
      names: { container: proxy.name },
      why: `healthStatus of ${proxy.name} is UNHEALTHY.`,
    });
  const words = seen.where === 'container.reason' ? said : seen.raw;
  // The scheduler learns new reasons to stop a task, and most are faults: one that nobody knows is not "expected".
  if (text === undefined && words?.trim()) return undefined;
  const explanation =
    text === undefined
      ? answer('scale-in', {
          status: 'likely',
          why: 'stopCode is ServiceSchedulerInitiated.',
          also: ['deployment-replaced'],
        })
      : fromText(seen, text, 'stoppedReason');
  if (!expected.has(explanation.cause)) return explanation;
  const replaced = scaleOrDeploy(seen, explanation);
  const killed = killedContainer(seen);
  if (killed !== undefined) return killedInRequestedStop(seen, killed, replaced.cause);
  if (seen.where === 'container.reason' && endedOnRequest(seen)) return gracefulStop(seen, replaced.cause);
  return replaced;
}

const expected = new Set([
  'scale-in',
  'deployment-replaced',
  'az-rebalance',
  'host-draining',
  'normal-event',
]);

/** One sentence serves both: the id in it is the stopping deployment, and startedBy is the one that started the task. */
export function scaleOrDeploy(seen: Seen, explanation: Explanation): Explanation {
  if (explanation.cause !== 'scale-in') return explanation;
  const { startedBy } = seen.context;
  const by =
    /ecs-svc\/\w{5,40}/.exec(seen.reading.text)?.[0] ??
    /ecs-svc\/\w{5,40}/.exec(textIn(seen.context, 'stoppedReason') ?? '')?.[0];
  if (!startedBy?.startsWith('ecs-svc/') || by === undefined) return explanation;
  if (startedBy === by)
    return answer('scale-in', {
      ...explanation,
      status: 'confirmed',
      why: `The deployment that stopped the task, ${by}, is the one that started it.`,
      also: [],
    });
  return answer('deployment-replaced', {
    names: explanation.names,
    why: `The task was started by ${startedBy} and stopped by ${by}, a newer deployment.`,
  });
}
