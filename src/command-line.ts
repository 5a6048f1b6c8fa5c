import { readFile, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { type Answer, type CommandContext, type Request, UsageError } from '#commands/command.ts';
import { commands, runRequest } from '#commands/index.ts';
import { parseWords } from '#commands/parse.ts';
import { createSessions } from './aws/sessions.ts';
import { ConfigError, loadEnvironments } from './config.ts';
import { createLog } from './log.ts';
import { answerText, usageText } from './terminal/answer.ts';
import { cleaned } from './terminal/clean.ts';
import { explainLines } from './terminal/explain-lines.ts';
import { createFollowLine } from './terminal/follow.ts';
import { createLogStream } from './terminal/log-stream.ts';

/** Milliseconds for one answer. Nobody waits for a click here, so throttled calls may take their time. */
const deadline = 30_000;

const exit = { healthy: 0, problem: 1, usage: 2, unknown: 3 };

const flags = {
  json: { type: 'boolean' },
  jsonl: { type: 'boolean' },
  'save-facts': { type: 'string' },
  'from-facts': { type: 'string' },
} as const;

/** The program, from words to exit status. */
async function main(argv: readonly string[]): Promise<number> {
  if (argv[0] === '--version' || argv[0] === '-V') {
    process.stdout.write(`ecs-sleuth ${await version()}\n`);
    return exit.healthy;
  }
  const { own, words: given } = splitFlags(argv);
  const words = asHelp(given);
  if (own.jsonl) {
    if (words[0] !== 'explain' || words.length > 1)
      throw new UsageError('--jsonl goes with explain alone.', ['explain --jsonl < FILE']);
    return (await explainLines(process.stdin, process.stdout)) === 0 ? exit.healthy : exit.usage;
  }
  const asksAws = !['explain', 'help', undefined].includes(words[0]);
  const environments = asksAws && own['from-facts'] === undefined ? await loadEnvironments() : [];
  const request: Request =
    own['from-facts'] === undefined
      ? parseWords(words, { environments })
      : { command: replayed(words[0]), options: {} };
  const sessions = createSessions({ environments, log: createLog({ destination: process.stderr }) });
  let saved: string | undefined;
  const streams = request.command === 'logs' && request.options.follow === true && !own.json;
  const stream = streams ? createLogStream(process.stdout) : undefined;
  const line = stream ?? createFollowLine(process.stderr);
  const ended = new AbortController();
  const { patience, queries } = commands.get(request.command) ?? {};
  const takesLong = request.options.follow === true || patience !== undefined;
  // The first signal ends what takes long with what is known, and at AWS too; the next one ends the program.
  for (const signal of takesLong || queries ? (['SIGINT', 'SIGTERM', 'SIGHUP'] as const) : [])
    process.once(signal, () => ended.abort());
  const context: CommandContext = {
    environments,
    session: (environment, region) => sessions.open(environment, userInfo().username, region),
    now: new Date(),
    deadline: patience ?? deadline,
    signal: ended.signal,
    ...(takesLong && { onProgress: line.show }),
    ...(own['save-facts'] !== undefined && {
      facts: {
        save: (text: string) => {
          saved = text;
        },
      },
    }),
    ...(own['from-facts'] !== undefined && { facts: { load: await readSaved(own['from-facts']) } }),
  };
  const answer = await runRequest(request, context);
  line.end();
  const text = stream?.closing(answer) ?? answerText(answer, request.options);
  process.stdout.write(own.json ? `${JSON.stringify(jsonOf(answer), null, 2)}\n` : text);
  if (own['save-facts'] !== undefined && saved !== undefined) await writeSaved(own['save-facts'], saved);
  return statusOf(answer);
}

async function version(): Promise<string> {
  const told: unknown = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8'));
  return z.object({ version: z.string() }).parse(told).version;
}

/** Takes the flags of the command line itself out; all else belongs to the subcommand. */
function splitFlags(argv: readonly string[]) {
  const own: { json?: boolean; jsonl?: boolean; 'save-facts'?: string; 'from-facts'?: string } = {};
  const words: string[] = [];
  const { tokens } = parseArgs({
    args: [...argv],
    options: flags,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const taken = new Set<number>();
  for (const token of tokens) {
    if (token.kind !== 'option' || !Object.hasOwn(flags, token.name)) continue;
    const name = token.name as keyof typeof flags;
    taken.add(token.index);
    if (name === 'json' || name === 'jsonl') own[name] = true;
    else if (token.value === undefined) throw new UsageError(`--${name} needs a file: --${name} run.json.`);
    else {
      own[name] = token.value;
      if (!token.inlineValue) taken.add(token.index + 1);
    }
  }
  for (const [index, word] of argv.entries()) if (!taken.has(index)) words.push(word);
  return { own, words };
}

/** `--help` wherever a shell's user puts it; in the text of `explain` it is text. */
function asHelp(words: readonly string[]): readonly string[] {
  const [topic, ...more] = words.filter((word) => word !== '--help' && word !== '-h');
  const isAsked = more.length + (topic === undefined ? 0 : 1) < words.length;
  if (!isAsked || (topic === 'explain' && more.length > 0)) return words;
  return topic === undefined || topic === 'help' ? ['help', ...more] : ['help', topic];
}

/** A saved run is judged by a command that diagnoses. @throws UsageError */
function replayed(name: string | undefined): string {
  if (name !== undefined && commands.get(name)?.checks) return name;
  throw new UsageError('--from-facts needs the command to judge the run by, for example why-stopped.');
}

async function readSaved(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(
      `The file ${file} cannot be read: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
}

async function writeSaved(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text, { mode: 0o600 });
  } catch (error) {
    throw new UsageError(
      `The file ${file} cannot be written: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
}

function jsonOf(answer: Answer): unknown {
  return answer.kind === 'report' ? answer.report : answer;
}

function statusOf(answer: Answer): number {
  if (answer.kind === 'report') return exit[answer.report.verdict.state];
  if (answer.kind === 'choice') return exit.usage;
  if (answer.kind === 'help' || answer.kind === 'done') return exit.healthy;
  const sound = answer.rows.every(({ assumed, missing }) => assumed.ok && missing.length === 0);
  if (!sound) return exit.problem;
  return answer.rows.every(({ untested }) => untested.length === 0) ? exit.healthy : exit.unknown;
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // Whoever reads has seen enough, as `head` has: that is no fault, and the status stays that of the answer.
  if (error.code === 'EPIPE') process.exit();
  process.stderr.write(`The answer could not be written: ${error.message}\n`);
  process.exit(exit.unknown);
});

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (error instanceof UsageError) {
    process.stderr.write(usageText(error));
    process.exitCode = exit.usage;
  } else if (error instanceof ConfigError) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = exit.usage;
  } else {
    // A saved file that is none, an AWS answer that nobody foresaw: one sentence, no stack.
    process.stderr.write(`${cleaned(error instanceof Error ? error.message : String(error))}\n`);
    process.exitCode = exit.unknown;
  }
}
