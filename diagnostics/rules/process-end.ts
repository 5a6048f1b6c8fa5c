import type { FixNames } from '../causes/cause.ts';
import type { ObservedContainer } from '../observation.ts';
import { type Culprit, culpritOf } from './culprit.ts';
import { meaningOf } from './exit-codes.ts';
import { answer, type Explanation } from './explanation.ts';
import { isHelper, isWatchdog } from './helpers.ts';
import { killedUnasked } from './kill.ts';
import { cluesInLog } from './log-lines.ts';
import { kindOfTask, type Seen } from './seen.ts';

/** An essential container ended by itself: which one, and what its code and its last lines say. */
export function processEnded(seen: Seen): Explanation | undefined {
  const culprit = culpritOf(seen.containers, seen.context.firstToStop);
  if (culprit === undefined) return undefined;
  const { container } = culprit;
  if (typeof container.exitCode !== 'number') return undefined;
  return (
    endedByWatchdog(seen, culprit) ??
    endedBySidecar(seen, culprit) ??
    logSays(seen, culprit) ??
    withRival(codeSays(seen, culprit), culprit)
  );
}

function named(container: ObservedContainer): { culprit?: string; names: FixNames } {
  const exitCode = typeof container.exitCode === 'number' ? { exitCode: String(container.exitCode) } : {};
  if (container.name === '') return { names: exitCode };
  return { culprit: container.name, names: { container: container.name, ...exitCode } };
}

function called(container: ObservedContainer): string {
  return container.name === '' ? 'The container' : container.name;
}

function endedByWatchdog(seen: Seen, { container }: Culprit): Explanation | undefined {
  if (!isWatchdog(container.name) || container.exitCode === 143 || seen.containers.length < 2)
    return undefined;
  return answer('watchdog-exit', {
    ...named(container),
    severity: kindOfTask(seen.context) === 'job' && container.exitCode !== 0 ? 'warn' : 'info',
    why: `${container.name} ended first with ${container.exitCode}; the other containers were stopped after it.`,
  });
}

/** A helper that ends takes an application with it that had no fault. */
function endedBySidecar(seen: Seen, { container, because }: Culprit): Explanation | undefined {
  if (!isHelper(container.name) || container.exitCode === 143) return undefined;
  const application = seen.containers.find((other) => other !== container && !isHelper(other.name));
  if (application === undefined) return undefined;
  return answer('sidecar-essential-exit', {
    ...named(container),
    status: seen.context.firstToStop === container.name ? 'confirmed' : 'likely',
    why: `${container.name} is a helper and ended first with ${container.exitCode} (${because}); ${application.name} ended after it with ${application.exitCode ?? 'no code'}.`,
    ...(seen.context.firstToStop === container.name
      ? {}
      : { decide: 'Compare the state change events of the task in the order of their version' }),
  });
}

/** Codes that name a signal or a Docker convention keep their cause unless the log says what led to it. */
function logSays(seen: Seen, { container }: Culprit): Explanation | undefined {
  const tail = seen.context.logTail;
  const { exitCode } = container;
  if (!tail || exitCode === 0 || exitCode === 143) return undefined;
  const clue = cluesInLog(tail.split('\n'));
  if (clue === undefined) return undefined;
  if (exitCode === 137 && clue.cause !== 'oom-heap' && clue.cause !== 'oom-child-process') return undefined;
  if (exitCode === 139 && clue.cause !== 'image-arch-mismatch') return undefined;
  // A bare failure in the log says no more than the code does.
  if (
    clue.cause === 'app-exit-error' &&
    typeof exitCode === 'number' &&
    meaningOf(exitCode).cause !== 'app-exit-error'
  )
    return undefined;
  const { culprit, names } = named(container);
  // Where the code proves the cause by itself, the log only says more of it.
  const proven =
    clue.cause === 'app-exit-error' ||
    (typeof exitCode === 'number' && meaningOf(exitCode).cause === clue.cause);
  const status = proven ? 'confirmed' : clue.status;
  return {
    ...clue,
    status,
    ...(culprit === undefined ? {} : { culprit }),
    names: { ...names, ...clue.names },
    why: `${called(container)} ended first with ${exitCode}. ${clue.why}`,
  };
}

function codeSays(seen: Seen, { container, because }: Culprit): Explanation {
  const code = container.exitCode ?? 0;
  const who = called(container);
  const first = `${who} is taken as the first to end (${because}), with exit code ${code}`;
  if (code === 0) return endedCleanly(seen, container);
  if (code === 137) return killedUnasked(seen, container);
  if (code === 143)
    return answer('sigterm-unrequested', {
      ...named(container),
      status: 'likely',
      why: `${first}: SIGTERM, though nobody had asked ECS for a stop.`,
      decide: 'The last log lines of the container: a supervisor or a script that sends SIGTERM says so',
      also: ['sidecar-essential-exit'],
    });
  const meaning = meaningOf(code);
  return answer(meaning.cause, { ...named(container), why: `${first}: ${meaning.words}.` });
}

function endedCleanly(seen: Seen, container: ObservedContainer): Explanation {
  const kind = kindOfTask(seen.context);
  const who = called(container);
  if (kind === 'job')
    return answer('task-completed', {
      ...named(container),
      why: `${who} ended with 0, and no service keeps this task: ${seen.context.startedBy ? `it was started by ${seen.context.startedBy}` : `its group is ${seen.context.group}`}.`,
    });
  if (kind === 'service')
    return answer('app-exit-clean-in-service', {
      ...named(container),
      why: `${who} ended with 0, and the task belongs to ${seen.context.group || 'a service'}, which starts it again.`,
    });
  return answer('app-exit-clean-in-service', {
    ...named(container),
    status: 'open',
    severity: 'warn',
    why: `${who} ended with 0; whether that is wrong depends on whether a service keeps the task.`,
    decide: "aws ecs describe-tasks --cluster CLUSTER --tasks TASK --query 'tasks[].[group,startedBy]'",
    also: ['task-completed'],
  });
}

function withRival(explanation: Explanation, { rival, container }: Culprit): Explanation {
  if (rival === undefined) return explanation;
  return {
    ...explanation,
    status: explanation.status === 'confirmed' ? 'likely' : explanation.status,
    why: `${explanation.why} ${rival.name} also ended with an error of its own, ${rival.exitCode}.`,
    decide:
      explanation.decide ??
      `Read the task state change events, to see whether ${container.name} or ${rival.name} ended first`,
  };
}
