import type { Task } from '@aws-sdk/client-ecs';
import { cluesInLog } from '../explain.ts';
import type { TaskDefinitions } from '../facts/task-definitions.ts';
import type { LogTail } from '../report.ts';
import { readStop } from '../stops.ts';

export type Aspect = 'existence' | 'rights' | 'platform';

/** What has to be looked at, as far as AWS's own texts decide it. */
export interface ImageQuestion {
  aspects: Aspect[];
  /** Causes that the stops of the revision were read as, newest first. */
  causes: string[];
  /** Containers whose pull failed; empty: no text names one. */
  containers: string[];
  /** Images that the texts name by their digests, newest first; those of layers stand there, too, without an @. */
  digests: { name: string; digest: string }[];
  /** When the newest task of the revision failed to pull. */
  failedAt?: Date;
}

const aspectsOf: Record<string, readonly Aspect[]> = {
  'image-not-found': ['existence'],
  'image-version-vanished': ['existence'],
  'image-pull-timeout': ['existence'],
  'image-disk-full': ['existence'],
  'image-ecr-permission': ['rights'],
  'image-ecr-repo-policy': ['rights'],
  'image-arch-mismatch': ['platform'],
  'image-os-mismatch': ['platform'],
  'image-registry-auth': ['existence', 'rights'],
  'image-pull-failed-unclear': ['existence', 'rights'],
};

interface Grounds {
  stopped: readonly Task[];
  running: readonly Task[];
  definitionArn: string | undefined;
  definitions: TaskDefinitions;
  logs: readonly LogTail[];
  /** The images themselves are asked about: what no text speaks of is looked at, too. */
  all: boolean;
  /** So is for which platforms they are built. */
  platform?: boolean;
}

/** A text that says what is wrong with an image decides what is left to look at; without one it is everything. */
export function imageQuestion(grounds: Grounds): ImageQuestion {
  const { definitionArn, definitions, all, running } = grounds;
  const own = (task: Task) => task.taskDefinitionArn === definitionArn;
  const healedAt = latest(running.filter(own).map(({ startedAt }) => startedAt));
  const stops = grounds.stopped
    .filter(own)
    .filter(({ stoppedAt }) => !healedAt || !stoppedAt || stoppedAt > healedAt)
    .map((task) => ({ task, cause: readStop(task, definitions).explanations[0] }));
  const ofImages = stops.filter(({ cause }) => cause.cause.startsWith('image-'));
  const clue = grounds.logs
    .map(({ lines }) => cluesInLog(lines.map(({ message }) => message))?.cause)
    .find((cause) => cause === 'image-arch-mismatch');
  const causes = [...new Set([...ofImages.map(({ cause }) => cause.cause), ...(clue ? [clue] : [])])];
  const isPulling = running.some((task) => own(task) && task.pullStartedAt && !task.pullStoppedAt);
  const told = causes.flatMap((cause) => aspectsOf[cause] ?? []);
  const aspects: readonly Aspect[] =
    told.length > 0 ? told : all ? ['existence', 'rights'] : isPulling ? ['existence'] : [];
  const texts = ofImages.flatMap(({ task }) => textsOf(task));
  const failedAt = latest(ofImages.map(({ task }) => task.stoppingAt ?? task.stoppedAt));
  return {
    aspects: [...new Set([...aspects, ...(grounds.platform ? (['platform'] as const) : [])])],
    causes,
    containers: [
      ...new Set(
        ofImages.flatMap(({ task }) =>
          (task.containers ?? []).flatMap(({ name, reason }) =>
            name && reason?.startsWith('CannotPull') ? [name] : [],
          ),
        ),
      ),
    ],
    digests: texts.flatMap(digestsIn),
    ...(failedAt && { failedAt }),
  };
}

/** `HOST/NAME:TAG@DIGEST`, by the name without its tag. */
function digestsIn(text: string): ImageQuestion['digests'] {
  const found = text.matchAll(/(?<name>[\w./:-]+)@(?<digest>sha256:[0-9a-f]{64})/g);
  return [...found].map(({ groups: { name = '', digest = '' } = {} }) => ({
    name: name.replace(/:[^/:]*$/, ''),
    digest,
  }));
}

function textsOf({ stoppedReason = '', containers = [] }: Task): string[] {
  return [stoppedReason, ...containers.flatMap(({ reason }) => reason ?? [])];
}

function latest(times: readonly (Date | undefined)[]): Date | undefined {
  return times.filter((time) => time !== undefined).sort((a, b) => b.getTime() - a.getTime())[0];
}
