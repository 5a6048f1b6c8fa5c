import { recognise } from '../signatures/index.ts';
import { normalise } from '../signatures/normalise.ts';
import { culpritOf } from './culprit.ts';
import { answer, type Explanation } from './explanation.ts';
import { type Seen, textIn } from './seen.ts';
import { fromText } from './text.ts';

/** Texts that say only that something ended or failed, not why; a container may say more. */
export const general = new Set([
  'exit-unknown',
  'init-failed-unclear',
  'runtime-internal-error',
  'image-pull-failed-unclear',
]);

export const dependencyText = /dependency graph|container ordering|dependency will never/i;

/** The task never reached RUNNING: the task's reason and the containers' reasons, whichever says more. */
export function failedStart(seen: Seen): Explanation | undefined {
  if (seen.stopCode !== 'TaskFailedToStart') return undefined;
  const own = seen.text;
  if (own !== undefined && !general.has(own.signature.cause)) return fromText(seen, own);
  return (
    containerSays(seen) ??
    elsewhere(seen) ??
    (own === undefined ? undefined : fromText(seen, own)) ??
    answer('init-failed-unclear', {
      status: 'open',
      owner: 'capacity',
      why: 'stopCode is TaskFailedToStart, and neither the task nor a container gives a reason that is known.',
      decide: 'On EC2 the agent log of the instance; on Fargate a second try in another subnet',
    })
  );
}

/** Where the observation is a container's, the task may say more. */
function elsewhere(seen: Seen): Explanation | undefined {
  const said = textIn(seen.context, 'stoppedReason');
  if (said === undefined || said === seen.raw) return undefined;
  const found = recognise(normalise(said), 'task.stoppedReason');
  if (found === undefined || general.has(found.signature.cause)) return undefined;
  return fromText(seen, found, 'stoppedReason');
}

/** The reason of a container that failed by itself, rather than of one that waited for it. */
export function containerSays(seen: Seen): Explanation | undefined {
  let waiting: Explanation | undefined;
  for (const container of seen.containers) {
    if (!container.reason || container.reason === seen.raw) continue;
    const reading = normalise(container.reason);
    const found = recognise(reading, 'container.reason');
    if (found === undefined) continue;
    const told = fromText({ ...seen, reading }, found, `The reason of ${container.name || 'the container'}`);
    const explanation: Explanation = {
      ...told,
      ...(container.name
        ? { culprit: container.name, names: { container: container.name, ...told.names } }
        : {}),
    };
    if (!dependencyText.test(container.reason)) return explanation;
    waiting ??= explanation;
  }
  return waiting === undefined ? undefined : blameDependency(seen, waiting);
}

function blameDependency(seen: Seen, waiting: Explanation): Explanation {
  const first = culpritOf(seen.containers, seen.context.firstToStop)?.container;
  // A dependency that must succeed is not essential, so it is no candidate for having ended the task.
  const failed = seen.containers.find(({ name, exitCode }) => name !== waiting.culprit && Boolean(exitCode));
  const other = first?.name === waiting.culprit || typeof first?.exitCode !== 'number' ? failed : first;
  if (other === undefined) return waiting;
  return {
    ...waiting,
    culprit: other.name,
    names: { ...waiting.names, container: other.name, exitCode: String(other.exitCode) },
    why: `${waiting.culprit ?? 'The container'} never ran; ${other.name}, which it depends on, ended with ${other.exitCode}.`,
  };
}
