import type { ObservedContainer } from '../observation.ts';
import { isHelper, isWatchdog } from './helpers.ts';

export interface Culprit {
  container: ObservedContainer;
  /** Which fact chose it, to be read after "is taken as the first to end". */
  because: string;
  /** Another essential container with an error of its own; then the order is not certain. */
  rival?: ObservedContainer;
}

const synthetic = /dependency graph|container ordering|dependency will never/i;

/** Error codes are a container's own; 143, 137 and 0 may be the wake of another one's end. */
function ownError(code: number | null | undefined): boolean {
  return typeof code === 'number' && code !== 0 && code !== 137 && code !== 143;
}

function rank(container: ObservedContainer, main: string | undefined): number {
  const { exitCode, reason } = container;
  // ECS writes 143 on a container that never ran because of the one it depends on.
  if (reason && synthetic.test(reason)) return 9;
  if (reason && exitCode !== 0 && exitCode !== 143) return 0;
  if (ownError(exitCode)) return isHelper(container.name) && container.name !== main ? 2 : 1;
  if (exitCode === 0) return isHelper(container.name) ? 4 : 3;
  if (exitCode === 137) return isHelper(container.name) ? 6 : 5;
  if (exitCode === 143) return 7;
  return 8;
}

/**
 * The container that ended first. The API gives no time per container, so it is inferred: the one known from task
 * state change events, else a reason of a failure, else an error code of its own, else a clean exit, else a signal.
 * Non-essential containers never end a task. The order of the list does not matter.
 */
export function culpritOf(
  containers: readonly ObservedContainer[],
  firstToStop?: string | null,
): Culprit | undefined {
  const candidates = containers.filter((container) => container.essential !== false && hasEnded(container));
  const first = candidates.find((container) => firstToStop && container.name === firstToStop);
  if (first !== undefined) return { container: first, because: 'task events show that it stopped first' };
  if (candidates.length === 0) return undefined;
  const main = candidates.find((container) => !isHelper(container.name) && !isWatchdog(container.name))?.name;
  const sorted = [...candidates].sort(
    (a, b) => rank(a, main) - rank(b, main) || a.name.localeCompare(b.name),
  );
  const container = sorted[0];
  if (container === undefined) return undefined;
  const second = sorted[1];
  const because = candidates.length === 1 ? 'it is the only one' : reasonFor(container);
  if (second !== undefined && ownError(second.exitCode) && ownError(container.exitCode))
    return { container, because, rival: second };
  return { container, because };
}

function hasEnded(container: ObservedContainer): boolean {
  return typeof container.exitCode === 'number' || Boolean(container.reason);
}

function reasonFor(container: ObservedContainer): string {
  if (container.reason) return 'it alone carries a reason';
  if (ownError(container.exitCode)) return 'the others ended in its wake, with 143, 137 or 0';
  if (container.exitCode === 0) return 'the others were stopped after it had ended';
  return 'no container shows an error of its own';
}
