import { commands } from '#commands/index.ts';
import { causes } from '#diagnostics/causes/index.ts';
import type { Check } from '#diagnostics/check.ts';
import { checks } from '#diagnostics/checks/index.ts';
import { code, page, table, text } from '../markdown.ts';

/** docs/checks.md */
export function checksPage(): string {
  return page('Checks', 'diagnostics/checks/ and diagnostics/facts/', [
    'A check answers one question from facts that were read from AWS. What it needs must be there; what it merely uses may be missing, and is then named in the answer as not checked. A fact is read once per investigation, however many checks use it.',
    table(
      ['Check', 'Question'],
      checks.map(({ id, question }) => [`[${code(id)}](#${id})`, text(question)]),
    ),
    ...checks.map(section),
  ]);
}

function section(check: Check): string {
  const facts = [
    ...Object.values(check.needs).map((fact) => ({ fact, role: 'needed' })),
    ...Object.values(check.wants).map((fact) => ({ fact, role: 'used' })),
  ];
  const beginners = [...commands.values()].filter((command) => command.checks?.includes(check.id));
  const askers = [...causes.values()].filter(({ next }) => next.includes(check.id));
  return [
    `## ${check.id}`,
    `Answers ${text(check.question)}.`,
    table(
      ['Fact', '', 'IAM actions'],
      facts.map(({ fact, role }) => [text(fact.what), role, fact.actions.map(code).join(', ')]),
    ),
    ...(beginners.length > 0
      ? [`Begun by ${beginners.map(({ name }) => `[${code(name)}](commands.md#${name})`).join(', ')}.`]
      : []),
    ...(askers.length > 0
      ? [`Asked after ${askers.map(({ id }) => `[${id}](causes.md#${id})`).join(', ')}.`]
      : []),
  ].join('\n\n');
}
