import type { Report } from '#diagnostics/report.ts';

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
  while (goesOn(newest)) {
    await show({ ...newest, details: { ...newest.details, following: followingWords(until) } });
    const elapsed = Date.now() - began;
    const every = elapsed < atFirst ? everyAtFirst : everyLater;
    if (elapsed + every > atMost)
      return withNote(newest, 'Followed for an hour, and it still goes on. Ask again to go on following.');
    await pause(every, signal);
    if (signal?.aborted) return newest;
    const seen = await look(new Date(asOf + Date.now() - began));
    if (typeof seen === 'string') return withNote(newest, seen);
    // Without the deployment nothing says whether it has ended: a refusal or a throttled call, perhaps only now.
    if (seen?.details.deployment === undefined) {
      blind += 1;
      if (blind === blindAtMost)
        return withNote(newest, 'No longer followed: several looks in a row learnt nothing.');
      continue;
    }
    blind = 0;
    newest = seen;
  }
  return newest;
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
