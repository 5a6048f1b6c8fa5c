import type { Command, RequestOptions } from '#commands/command.ts';
import { commands } from '#commands/index.ts';
import { code, fence, page, sentence, table, text } from '../markdown.ts';

/** Options that somebody can type: buttons alone ask for the others. */
type Typed = Exclude<keyof RequestOptions, 'page' | 'running' | 'cancel'>;

/** What each option takes and does. */
const options = {
  cluster: ['NAME', 'Look in this cluster, where an environment has several'],
  region: [
    'REGION',
    'Look in another region of the same account; a region that is another environment’s is asked for by that environment’s name',
  ],
  since: ['SPAN', 'Look back this far: a number with `s`, `m`, `h` or `d`, at most `30d`'],
  task: ['ID', 'Look at this one task; its id or its ARN'],
  container: ['NAME', 'Only the log of this container'],
  filter: ['TEXT', 'Only log lines that hold this text'],
  family: ['NAME', 'Tasks of a task definition family that belong to no service'],
  platform: ['', 'Read for which platforms the images are built, though no error speaks of it'],
  errors: ['', 'Only errors, with their stack traces, told by level first and by words last'],
  head: ['', 'The first lines instead of the last: what a process read and set up as it started'],
  previous: ['', 'Of the revision before the one that is deployed'],
  query: [
    'NAME',
    'Which query of the library to run: `errors`, `exceptions`, `latency`, `slow`, `5xx`, `memory`, `last-lines`, `compare`',
  ],
  compare: ['', 'Compare with the span of the same length before'],
  wide: ['', 'Search more than a day of log; AWS bills what is scanned'],
  follow: [
    '',
    'Keep the answer up to date: a deployment until it has ended, at most for an hour; logs for two minutes',
  ],
  who: ['', 'Ask CloudTrail who made the changes, which takes some seconds'],
  markdown: ['', 'As Markdown for a post-mortem: a file in the thread, or the text in a terminal'],
  private: ['', 'Slack only: nobody but you sees the answer'],
} as const satisfies Record<Typed, readonly [string, string]>;

/** docs/commands.md */
export function commandsPage(): string {
  return page('Commands', 'commands/', [
    'The same commands work in Slack (`/ecs COMMAND …`, or `@ECS Sleuth COMMAND …` in a channel or thread) and in a terminal (`npx ecs-sleuth COMMAND …`).',
    table(
      ['Command', 'What it says'],
      [...commands.values()].map((command) => [
        `[${code(usage(command))}](#${command.name})`,
        text(command.summary),
      ]),
    ),
    'Words come first or last and options in any order. `SERVICE` may be part of a name or wrong by a letter; when several fit, the bot asks. A task id, the ARN of a task or a service, and the address of an ECS console page work wherever a service name does. In a thread that the bot opened, `SERVICE` and `ENVIRONMENT` may be left out.',
    '## Options',
    table(
      ['Option', 'Meaning', 'Taken by'],
      Object.entries(options).map(([name, [value, meaning]]) => [
        code(`--${name}${value && ` ${value}`}`),
        meaning,
        takers(name as Typed),
      ]),
    ),
    ...[...commands.values()].map(section),
    terminal,
  ]);
}

function usage({ name, usage }: Command): string {
  return `${name} ${usage}`.trim();
}

function takers(option: Typed): string {
  const names = [...commands.values()]
    .filter((command) => command.options.includes(option))
    .map(({ name }) => code(name));
  return names.join(', ') || 'none yet';
}

function section(command: Command): string {
  const checks = (command.checks ?? []).map((id) => `[${code(id)}](checks.md#${id})`);
  return [
    `## ${command.name}`,
    `${sentence(text(command.summary))}.`,
    fence('text', command.examples.map((example) => `/ecs ${example}`).join('\n')),
    ...(checks.length > 0
      ? [`Begins with ${checks.join(', ')}; what these find may ask further checks.`]
      : []),
  ].join('\n\n');
}

const terminal = `## In a terminal

${table(
  ['Flag', 'Meaning'],
  [
    ['`--version`', 'The version of the program'],
    ['`--json`', 'The report as JSON, as [report.schema.json](report.schema.json) describes it'],
    [
      '`--save-facts FILE`',
      'Also write down what AWS answered, with secrets taken out, so that others can judge it again',
    ],
    ['`--from-facts FILE`', 'Judge such a file again; AWS is not asked'],
    [
      '`explain --jsonl`',
      'Explain one JSON object a line of standard input, `{"id", "where", "text", "context"}`; all but `text` may be missing',
    ],
  ],
)}

The exit status is 0 when the service is healthy, 1 when a problem was found, 2 for bad usage or configuration, and 3 when the bot could not tell.`;
