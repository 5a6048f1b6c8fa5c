import { FactFailure } from '#diagnostics/fact.ts';
import type { Report } from '#diagnostics/report.ts';
import { CannotLook, UsageError } from './command.ts';
import { logsAtMost, logsEvery, logsGoOn, withNewLines } from './follow-logs.ts';

/** ECS is not asked more often; its state seldom changes faster. Milliseconds. */
const everyAtFirst = 15_000;
const everyLater = 30_000;
/** After this the slower pace does. Milliseconds. */
const atFirst = 5 * 60_000;
/** Nobody reads a message any more that changes after this. Milliseconds. */
const atMost = 60 * 60_000;
/** Looks in a row that learn nothing before it is given up. */
const blindAtMost = 4;

export interface Following {
  /**
   * Looks again, as of this time, knowing what has been seen. Undefined where nothing could be learnt, a sentence
   * where none may look on.
   */
  look(now: Date, newest: Report): Promise<Report | string | undefined>;
  /** Told what a look has found, while it goes on. */
  show(report: Report): void | Promise<void>;
  /** Ends the following early. */
  signal?: AbortSignal;
}

/** What is followed: when to look, until when, and what a look adds. */
interface Kind {
  /** Whether there is anything to follow. */
  goesOn(report: Report): boolean;
  /** Milliseconds until the next look. */
  every(elapsed: number): number;
  /** Milliseconds in all. */
  atMost: number;
  /** Whether the look has learnt something: a refusal or a throttled call has not. */
  learnt(report: Report): boolean;
  joined(before: Report, seen: Report): Report;
  until(iso: string): string;
  /** Said when the time is over. */
  over: string;
}

const deployments: Kind = {
  goesOn: ({ details }) => details.deployment?.ended === false,
  every: (elapsed) => (elapsed < atFirst ? everyAtFirst : everyLater),
  atMost,
  // Without the deployment nothing says whether it has ended: a refusal or a throttled call, perhaps only now.
  learnt: ({ details }) => details.deployment !== undefined,
  joined: (_before, seen) => seen,
  until: (iso) => `Following until it ends, until ${iso} at most. A restart of the bot ends the following.`,
  over: 'Followed for an hour, and it still goes on. Ask again to go on following.',
};

const logs: Kind = {
  goesOn: logsGoOn,
  every: () => logsEvery,
  atMost: logsAtMost,
  learnt: ({ details }) => (details.logs ?? []).length > 0,
  joined: withNewLines,
  until: (iso) => `Following until ${iso} at most.`,
  over: 'Followed for two minutes. Follow again to go on.',
};

function kindOf({ command }: Report): Kind {
  return command === 'logs' ? logs : deployments;
}

/** Whether there is anything to follow: a deployment or a task that has not ended. */
export function goesOn(report: Report): boolean {
  return kindOf(report).goesOn(report);
}

/** Why there is nothing to follow, of a report that was to be followed; nothing where there is. */
export function nothingToFollow(report: Report): string | undefined {
  const { logView } = report.details;
  if (report.command !== 'logs' || goesOn(report)) return undefined;
  return logView?.ended === undefined
    ? 'Not followed: there is no stream that lines could come from.'
    : `Not followed: ${logView.ended.charAt(0).toLowerCase()}${logView.ended.slice(1)}, and no line will follow.`;
}

/**
 * Looks again and again until what is followed has ended: a deployment for an hour at most, a log for two minutes.
 * @param first what the first look found
 * @returns the last look, with a sentence where it was given up before the end
 */
export async function follow(first: Report, { look, show, signal }: Following): Promise<Report> {
  const kind = kindOf(first);
  const began = Date.now();
  const asOf = Date.parse(first.asOf);
  const until = kind.until(new Date(asOf + kind.atMost).toISOString());
  let newest = first;
  let blind = 0;
  let missed: string | undefined;
  while (kind.goesOn(newest)) {
    await show(showing(newest, until, missed));
    const elapsed = Date.now() - began;
    const every = kind.every(elapsed);
    if (elapsed + every > kind.atMost) return withNote(newest, kind.over);
    await pause(every, signal);
    if (signal?.aborted) return newest;
    const now = new Date(asOf + Date.now() - began);
    const { seen, fault } = await lookOnce(() => look(now, newest), signal);
    if (signal?.aborted) return newest;
    if (typeof seen === 'string') return withNote(newest, seen);
    if (seen === undefined || !kind.learnt(seen)) {
      blind += 1;
      const why = fault ?? 'learnt nothing';
      if (blind === blindAtMost) {
        const last = fault === undefined ? '' : `; the last ${fault}`;
        return withNote(newest, sentence(`No longer followed: several looks in a row learnt nothing${last}`));
      }
      missed = `${missedBegins} ${now.toISOString()} ${sentence(why)} It is tried again.`;
      continue;
    }
    blind = 0;
    missed = undefined;
    newest = kind.joined(newest, seen);
  }
  return newest === first ? newest : withEnd(newest);
}

/** What has ended, where the report does not show it itself. */
function withEnd(report: Report): Report {
  const { ended } = report.details.logView ?? {};
  return ended === undefined ? report : withNote(report, `${ended}: no line will follow.`);
}

const missedBegins = 'The look at';

/** That the newest look of a follow failed, where it did: what is shown is older. */
export function missedLook({ details }: Report): string | undefined {
  const note = details.notes?.at(-1);
  return details.following !== undefined && note?.startsWith(missedBegins) ? note : undefined;
}

interface Look {
  seen?: Report | string | undefined;
  /** Reads on after "the look". */
  fault?: string;
}

/** One look that fails is no end of following, and one that hangs does not keep it from being ended. */
async function lookOnce(
  look: () => ReturnType<Following['look']>,
  signal: AbortSignal | undefined,
): Promise<Look> {
  const { promise: ended, resolve } = Promise.withResolvers<undefined>();
  const end = () => resolve(undefined);
  signal?.addEventListener('abort', end, { once: true });
  try {
    return { seen: await Promise.race([look(), ended]) };
  } catch (error) {
    return { fault: faultOf(error) };
  } finally {
    signal?.removeEventListener('abort', end);
  }
}

/** Words of errors that are not made to be shown stay inside. */
function faultOf(error: unknown): string {
  const isFit = error instanceof UsageError || error instanceof CannotLook || error instanceof FactFailure;
  return isFit ? `failed: ${error.message}` : 'failed unexpectedly';
}

function sentence(words: string): string {
  return words.endsWith('.') ? words : `${words}.`;
}

function showing(report: Report, until: string, missed: string | undefined): Report {
  const following = { ...report, details: { ...report.details, following: until } };
  return missed === undefined ? following : withNote(following, missed);
}

function withNote(report: Report, note: string): Report {
  return { ...report, details: { ...report.details, notes: [...(report.details.notes ?? []), note] } };
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) {
      resolve();
      return;
    }
    const timer = setTimeout(done, ms);
    function done(): void {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    }
    signal?.addEventListener('abort', done, { once: true });
  });
}
