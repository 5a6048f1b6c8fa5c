import {
  type Answer,
  CannotLook,
  type EnvironmentSummary,
  type Report,
  type Request,
} from '#commands/command.ts';
import { commands } from '#commands/index.ts';
import type { Bot } from './deps.ts';
import type { Person } from './people.ts';

/** Milliseconds for an answer; what is not known by then is said to be unknown. */
const deadlineMs = 20_000;

/** Whatever keeps no deadline is given up after this, milliseconds. */
const giveUpMs = 45_000;

export interface Run {
  request: Request;
  person: Person;
  /** What the person may look at: no other environment is opened. */
  environments: readonly EnvironmentSummary[];
  onProgress?: (report: Report) => void;
  /** As of when, where it is not now. */
  now?: Date;
}

/** Carries a request out for a person. @throws UsageError, CannotLook, or whatever went wrong */
export async function run(
  bot: Bot,
  { request, person, environments, onProgress, now }: Run,
): Promise<Answer> {
  const { deps } = bot;
  const { patience, queries } = commands.get(request.command) ?? {};
  const gaveUp = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      gaveUp.abort();
      reject(new CannotLook('AWS did not answer in time; nothing was found out.'));
    }, giveUpMs);
  });
  const asked = deps.ask({
    request,
    person: bot.people.named(person),
    environments,
    now: now ?? deps.now(),
    deadline: patience ?? deadlineMs,
    onProgress,
    // Whatever leaves nothing behind at AWS is finished before the process ends.
    signal: queries === true ? AbortSignal.any([gaveUp.signal, bot.ending.signal]) : gaveUp.signal,
  });
  try {
    const answer = await Promise.race([asked, late]);
    // What was cut off before its query began would only tell of calls that were not answered in time.
    if (queries === true && bot.ending.signal.aborted && isCutShort(answer))
      throw new CannotLook('The bot was restarted before it had found this out. Ask again.');
    return answer;
  } finally {
    clearTimeout(timer);
  }
}

function isCutShort(answer: Answer): boolean {
  return (
    answer.kind === 'report' &&
    answer.report.verdict.state === 'unknown' &&
    answer.report.details.insights === undefined
  );
}
