import type { Answer, DoctorRow, RequestOptions, UsageError } from '#commands/command.ts';
import { commands } from '#commands/index.ts';
import { happeningsMarkdown } from '#diagnostics/changes-words.ts';
import { cleaned } from './clean.ts';
import { columns, indent, paint } from './layout.ts';
import { reportText } from './report.ts';

/** Any answer as text for a terminal. */
export function answerText(
  found: Answer,
  { markdown = false }: { markdown?: boolean | undefined } = {},
): string {
  if (found.kind === 'report' && markdown) return happeningsMarkdown(cleaned(found.report));
  if (found.kind === 'report') return reportText(found.report);
  const answer = cleaned(found);
  if (answer.kind === 'doctor') return `${answer.rows.map(doctorText).join('\n\n')}\n`;
  if (answer.kind === 'done') return `${answer.text}\n`;
  if (answer.kind === 'choice') {
    const choices = answer.choices.map(({ label, request }) => {
      const { command, service, environment = '', options } = request;
      return `  ${label}:  ecs-sleuth ${command} ${service} ${environment}${optionWords(options)}`;
    });
    return `${answer.question}\n${choices.join('\n')}\n`;
  }
  return helpText(answer.topic);
}

/** What tells the choices apart, and what was typed beside it. */
function optionWords({ cluster, query, since, container, compare, wide }: RequestOptions): string {
  const words = [
    cluster && `--cluster ${cluster}`,
    query && `--query ${query}`,
    since && `--since ${Math.round(since / 60_000)}m`,
    container && `--container ${container}`,
    compare && '--compare',
    wide && '--wide',
  ];
  return words.flatMap((word) => (word ? [` ${word}`] : [])).join('');
}

export function usageText({ message, suggestions }: UsageError): string {
  const lines = [message, ...suggestions.map((suggestion) => `  ecs-sleuth ${suggestion}`)];
  return `${cleaned(lines).join('\n')}\n`;
}

function helpText(topic: string | undefined): string {
  const command = topic === undefined ? undefined : commands.get(topic);
  if (command) {
    const options = command.options.map((option) => `--${option}`).join(' ');
    const examples = command.examples.map((example) => indent(`ecs-sleuth ${example}`));
    return `${[paint('bold', `${command.name} ${command.usage}`), command.summary, options, ...examples].filter(Boolean).join('\n')}\n`;
  }
  const rows = [...commands.values()].map(({ name, usage, summary }) => [`${name} ${usage}`, summary]);
  const flags = [
    ['--json', 'the report as JSON'],
    ['--save-facts FILE', 'write down what AWS answered, redacted'],
    ['--from-facts FILE', 'judge a saved run again; AWS is not asked'],
  ];
  return [
    'ecs-sleuth COMMAND …  says why an ECS service is in trouble. It only reads.',
    '',
    ...columns(rows).map((line) => indent(line)),
    '',
    ...columns(flags).map((line) => indent(line)),
    '',
    'Exit status: 0 healthy, 1 a problem was found, 2 bad usage or configuration, 3 could not tell.',
    '',
  ].join('\n');
}

function doctorText({
  environment,
  account,
  region,
  role,
  assumed,
  missing,
  untested,
  clockSkewMs,
}: DoctorRow): string {
  const ok = assumed.ok && missing.length === 0;
  const lines = [
    `${paint(ok ? 'green' : 'red', ok ? 'OK' : 'PROBLEM')}  ${paint('bold', environment)}  ${account} · ${region}`,
    assumed.ok
      ? `  assumed  ${assumed.arn}`
      : `  role     ${role}\n  refused  ${assumed.reason}${assumed.fix === '' ? '' : `\n  fix      ${assumed.fix}`}`,
    ...missing.map(({ action, needed }) => `  missing  ${action}  (${needed.join(', ')})`),
    ...untested.map(({ action, reason }) => `  untested ${action}  (${reason})`),
    ...(clockSkewMs === undefined ? [] : [`  clock    ${clockWords(clockSkewMs)}`]),
  ];
  return lines.join('\n');
}

/** HTTP dates are whole seconds, so less than one says nothing. */
function clockWords(skewMs: number): string {
  const seconds = Math.round(Math.abs(skewMs) / 1000);
  return seconds === 0 ? 'in step with AWS' : `${seconds} s ${skewMs < 0 ? 'ahead of' : 'behind'} AWS`;
}
