import type { TaskDefinition } from '@aws-sdk/client-ecs';
import { causeOf } from '../../causes/index.ts';
import { inWords } from '../../findings.ts';
import { changeInWords, type RevisionChange } from '../../revision-change.ts';
import { stopTime } from '../../stop-time.ts';
import { exitCode, reasonOf, type StopGroup } from '../../stops.ts';
import { cut, revisionOf, times } from '../../words.ts';
import type { FailedRevisions } from './revisions.ts';

interface Known {
  definition: TaskDefinition | undefined;
  changes: readonly RevisionChange[];
  /** What the failing revision lost and the crash speaks of. */
  removed: RevisionChange | undefined;
  /** The decisive line of the crash log. */
  line: string | undefined;
  revisions: FailedRevisions;
  /** Why these stops are over, where they are. */
  over: string | undefined;
  now: number;
}

/** One sentence: what happens, how often, since when. It stands under the headline and must prove it. */
export function summaryOf(group: StopGroup, known: Known): string {
  const { stops } = group;
  const at = stops.map(({ task }) => stopTime(task));
  const often = times(stops.length, Math.min(...at), Math.max(...at), known.now);
  const end = known.over === undefined ? '' : `; ${known.over}`;
  return `${whatHappens(group, known)}, ${often}${since(group, known)}${end}.`;
}

function whatHappens(group: StopGroup, { definition, line }: Known): string {
  const { cause, stops } = group;
  const [newest] = stops;
  const container = cause.culprit ?? 'the task';
  const code = exitCode(newest.task, cause.culprit);
  const stage = causeOf(cause.cause)?.stage;
  if (cause.cause === 'oom-container')
    return `${container} is killed at its ${limitOf(definition, cause.culprit)}`;
  if (cause.cause === 'sigkill-stop-timeout') {
    return `${container} ignores SIGTERM when it is asked to stop and is killed after ${timeoutOf(definition, cause.culprit)} s`;
  }
  if (stage === 6 && code !== undefined) {
    const says = line === undefined ? '' : `; its log says “${cut(line.trim(), 160)}”`;
    return `${container} exits with code ${code}${says}`;
  }
  const reason = reasonOf(newest);
  const words = inWords(cause, reason);
  // While nothing is decided, AWS's own words are worth more than a guess at them.
  return cause.status === 'open' && reason !== '' && !words.includes(reason)
    ? `${words}: “${cut(reason, 200)}”`
    : words;
}

/** The change that explains the failure, if one of the kind that the cause is about was made. */
function since({ cause, stops }: StopGroup, { changes, removed, revisions }: Known): string {
  if (!stops.some(({ task }) => task.taskDefinitionArn === revisions.newest)) return '';
  const revision = revisionOf(revisions.newest);
  if (removed) return `; ${revision} removed ${removed.name}`;
  const telling = changes.find((change) => isAbout(cause.cause, cause.culprit, change));
  if (telling) return `, since ${revision} (${changeInWords(telling)})`;
  return revisions.lastGood === undefined ? '' : `, since ${revision}`;
}

function isAbout(cause: string, culprit: string | undefined, change: RevisionChange): boolean {
  if (change.container !== undefined && change.container !== culprit) return false;
  if (cause.startsWith('oom')) return change.field === 'memory';
  if (cause.startsWith('entrypoint') || cause === 'app-command-not-found') {
    return change.field === 'command' || change.field === 'entryPoint';
  }
  if (cause.startsWith('image')) return change.field === 'image';
  if (cause.startsWith('container-health')) return change.field === 'healthCheck';
  return false;
}

function limitOf(definition: TaskDefinition | undefined, container: string | undefined): string {
  const own = definition?.containerDefinitions?.find(({ name }) => name === container)?.memory;
  const limit = own ?? definition?.memory;
  return limit === undefined ? 'memory limit' : `${limit} MiB limit`;
}

function timeoutOf(definition: TaskDefinition | undefined, container: string | undefined): number {
  return definition?.containerDefinitions?.find(({ name }) => name === container)?.stopTimeout ?? 30;
}
