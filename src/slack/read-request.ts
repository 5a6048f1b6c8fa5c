import { type EnvironmentSummary, type Request, UsageError } from '#commands/command.ts';
import { redact } from '#diagnostics/redact.ts';
import { Refused } from './admit.ts';
import type { Ask } from './ask.ts';
import type { Bot } from './deps.ts';
import { closedMessage, nothingOpenMessage } from './text.ts';

/** Commands that show nothing of any environment. */
const openCommands = new Set(['help', 'explain']);

/** Reads a question, and refuses it where it names what is closed. @throws UsageError, Refused */
export async function readRequest(
  bot: Bot,
  ask: Pick<Ask, 'read' | 'typed'>,
  environments: readonly EnvironmentSummary[],
): Promise<Request> {
  const names = environments.map(({ name }) => name);
  const closed = (environment: string | undefined) =>
    environment === undefined || names.includes(environment) ? undefined : bot.deps.refusal(environment);
  let request: Request;
  try {
    request = await ask.read(environments);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    // A closed environment is no slip of the pen: who names it is told who may look.
    const why = ask.typed
      ?.split(/\s+/)
      .map(closed)
      .find((refusal) => refusal !== undefined);
    if (why !== undefined) throw new Refused('environment is not open', closedMessage(why));
    if (names.length === 0) throw new Refused('nothing is open', nothingOpenMessage());
    throw error;
  }
  request = await withoutSecrets(request);
  if (openCommands.has(request.command)) return request;
  const why = closed(request.environment);
  if (why !== undefined) throw new Refused('environment is not open', closedMessage(why));
  if (names.length === 0) throw new Refused('nothing is open', nothingOpenMessage());
  return request;
}

/** What is asked goes into the metadata and the buttons of the answer, which everybody in the channel can read. */
async function withoutSecrets({ service, to, text, options, ...rest }: Request): Promise<Request> {
  const { filter } = options;
  return {
    ...rest,
    ...(service === undefined ? {} : { service: await withoutPassword(service) }),
    ...(to === undefined ? {} : { to: await withoutPassword(to) }),
    ...(text === undefined ? {} : { text: await redact(text) }),
    options: filter === undefined ? options : { ...options, filter: await redact(filter) },
  };
}

/** Of an address that was pasted whole the password is no part of the question. Names, ARNs and hosts hold none. */
async function withoutPassword(end: string): Promise<string> {
  return /^[\w.:/[\]-]+$/.test(end) ? end : redact(end);
}
