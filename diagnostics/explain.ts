import type { Observation } from './observation.ts';
import { attachment } from './rules/attachments.ts';
import { answer, type Explanation } from './rules/explanation.ts';
import { containerSays } from './rules/failed-start.ts';
import { cluesInLog } from './rules/log-lines.ts';
import { processEnded } from './rules/process-end.ts';
import { refine } from './rules/refine.ts';
import { fromSeenRestart } from './rules/restarts.ts';
import { type Seen, see } from './rules/seen.ts';
import { stopRules } from './rules/stops.ts';
import { fromText } from './rules/text.ts';

export type { Explanation } from './rules/explanation.ts';
export { cluesInLog } from './rules/log-lines.ts';

/** The cause of a text that nobody has seen yet; it stands outside the catalogue. */
export const unknownCause = 'unknown';

/**
 * What one observation means, best explanation first, never empty. The order is that of an expert: the stop code,
 * then the container that ended first, its reason, the task's reason, health and deployment, metrics and the log.
 * Texts are data: nothing in them can raise an error or decide against the stop code.
 */
export function explain(observation: Observation): Explanation[] {
  const seen = see(observation);
  const found = refine(seen, firstOf(seen));
  return [found, ...alternatives(found)];
}

function firstOf(seen: Seen): Explanation {
  if (seen.where === 'log.line') return ofLog(seen);
  if (seen.where === 'task.attachment')
    return fromSeenRestart(seen) ?? attachment(seen) ?? ofText(seen) ?? unknown(seen);
  if (seen.where !== undefined && !ofTask.has(seen.where))
    return ofText(seen) ?? fromSeenRestart(seen) ?? unknown(seen);
  for (const rule of stopRules) {
    const found = rule(seen);
    if (found !== undefined) return found;
  }
  return (
    ofText(seen) ??
    containerSays(seen) ??
    fromSeenRestart(seen) ??
    attachment(seen) ??
    ofLogTail(seen) ??
    ofBareLine(seen) ??
    ofBareCode(seen) ??
    unknown(seen)
  );
}

const ofTask: ReadonlySet<string> = new Set(['task.stoppedReason', 'container.reason']);

function ofText(seen: Seen): Explanation | undefined {
  if (seen.text === undefined) return undefined;
  const ownWords = seen.where === undefined && seen.text.signature.where !== undefined;
  return (ownWords ? ofBareLine(seen, { strong: true }) : undefined) ?? fromText(seen, seen.text);
}

const isStrong = (clue: Explanation) => clue.cause !== 'app-exit-error';

/** A line of a program's log: its own words first, then AWS's, then the exit code beside it. */
function ofLog(seen: Seen): Explanation {
  const clue = cluesInLog(seen.raw.split('\n'));
  if (clue !== undefined && isStrong(clue)) return clue;
  return fromSeenRestart(seen) ?? clue ?? ofText(seen) ?? processEnded(seen) ?? unknown(seen);
}

function ofLogTail(seen: Seen): Explanation | undefined {
  const tail = seen.context.logTail;
  return tail ? cluesInLog(tail.split('\n')) : undefined;
}

/**
 * A text without any place may be a line of a log. A clear one decides before the signatures that are bound to
 * another place: their words are common, and a program says them of its own calls.
 */
function ofBareLine(seen: Seen, { strong = false } = {}): Explanation | undefined {
  if (seen.where !== undefined) return undefined;
  // A paste may break one line into several.
  const found = [cluesInLog(seen.raw.split('\n')), cluesInLog([seen.reading.text])];
  return found.find((clue) => clue !== undefined && (!strong || isStrong(clue)));
}

/** `exit code 137`: what somebody types who has nothing else. Longer texts only mention a code. */
const bareCode =
  /^\W{0,3}(?:exit(?:ed)?\b\W{0,3})?(?:with\b\W{0,3})?(?:code|status)?\W{0,3}(?<code>\d{1,3})\W{0,3}$/i;

function ofBareCode(seen: Seen): Explanation | undefined {
  const code = bareCode.exec(seen.raw)?.groups?.code;
  if (code === undefined) return undefined;
  const found = processEnded({ ...seen, containers: [{ name: '', exitCode: Number(code) }] });
  return found && { ...found, status: found.status === 'confirmed' ? 'likely' : found.status };
}

function unknown(seen: Seen): Explanation {
  return {
    cause: unknownCause,
    status: 'open',
    severity: 'warn',
    owner: 'operator',
    names: {},
    why:
      seen.raw.trim() === ''
        ? 'There is no text and no state that says anything.'
        : 'This text is not known, and nothing else is known that would explain it.',
    decide: 'aws ecs describe-tasks --cluster CLUSTER --tasks TASK',
  };
}

/** Other readings of the same evidence, for a first one that is not certain. */
function alternatives(found: Explanation): Explanation[] {
  if (found.status === 'confirmed') return [];
  return (found.also ?? []).map((cause) =>
    answer(cause, {
      status: 'open',
      names: found.names,
      why: `The same evidence also fits ${cause}.`,
      ...(found.decide === undefined ? {} : { decide: found.decide }),
    }),
  );
}
