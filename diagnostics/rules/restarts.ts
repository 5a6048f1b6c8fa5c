import { answer, type Explanation } from './explanation.ts';
import { numberLike, type Seen } from './seen.ts';

/** A restart policy starts a crashing container again inside its task, so that no stop is ever seen. */
export function fromSeenRestart(seen: Seen): Explanation | undefined {
  const restarts = numberLike(seen.context, /^restart ?count$/i);
  if (restarts === undefined || restarts === 0) return undefined;
  if (seen.context.taskLastStatus === 'STOPPED' || seen.stopCode !== '') return undefined;
  return answer('restart-policy-masking', {
    status: restarts > 1 ? 'confirmed' : 'likely',
    names: { seconds: String(restarts) },
    why: `RestartCount is ${restarts} while the task stays RUNNING.`,
    ...(restarts > 1 ? {} : { decide: 'RestartCount over the next minutes' }),
  });
}
