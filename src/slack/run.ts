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
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new CannotLook('AWS did not answer in time; nothing was found out.')),
      giveUpMs,
    );
  });
  const asked = deps.ask({
    request,
    person: bot.people.named(person),
    environments,
    now: now ?? deps.now(),
    deadline: commands.get(request.command)?.patience ?? deadlineMs,
    onProgress,
  });
  try {
    return await Promise.race([asked, late]);
  } finally {
    clearTimeout(timer);
  }
}
