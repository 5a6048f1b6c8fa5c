import { FactFailure } from '#diagnostics/fact.ts';
import type { Report } from '#diagnostics/report.ts';
import { CannotLook, UsageError } from './command.ts';

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
  /** Looks again, as of this time. Undefined where nothing could be learnt, a sentence where none may look on. */
  look(now: Date): Promise<Report | string | undefined>;
  /** Told what a look has found, while it goes on. */
  show(report: Report): void | Promise<void>;
  /** Ends the following early. */
  signal?: AbortSignal;
}

/** Whether there is anything to follow: a deployment that has not ended. */
export function goesOn({ details }: Report): boolean {
  return details.deployment?.ended === false;
}

/**
 * Looks again and again until the deployment has ended, for an hour at most.
 * @param first what the first look found
 * @returns the last look, with a sentence where it was given up before the end
 */
export async function follow(first: Report, { look, show, signal }: Following): Promise<Report> {
  const began = Date.now();
  const asOf = Date.parse(first.asOf);
  const until = new Date(asOf + atMost).toISOString();
  let newest = first;
  let blind = 0;
  let missed: string | undefined;
  while (goesOn(newest)) {
    await show(showing(newest, until, missed));
    const elapsed = Date.now() - began;
    const every = elapsed < atFirst ? everyAtFirst : everyLater;
    if (elapsed + every > atMost)
      return withNote(newest, 'Followed for an hour, and it still goes on. Ask again to go on following.');
    await pause(every, signal);
    if (signal?.aborted) return newest;
    const now = new Date(asOf + Date.now() - began);
    const { seen, fault } = await lookOnce(look, now, signal);
    if (signal?.aborted) return newest;
    if (typeof seen === 'string') return withNote(newest, seen);
    // Without the deployment nothing says whether it has ended: a refusal or a throttled call, perhaps only now.
    if (seen?.details.deployment === undefined) {
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
    newest = seen;
  }
  return newest;
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
async function lookOnce(look: Following['look'], now: Date, signal: AbortSignal | undefined): Promise<Look> {
  const { promise: ended, resolve } = Promise.withResolvers<undefined>();
  const end = () => resolve(undefined);
  signal?.addEventListener('abort', end, { once: true });
  try {
    return { seen: await Promise.race([look(now), ended]) };
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
  const following = { ...report, details: { ...report.details, following: followingWords(until) } };
  return missed === undefined ? following : withNote(following, missed);
}

function followingWords(until: string): string {
  return `Following until it ends, until ${until} at most. A restart of the bot ends the following.`;
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
