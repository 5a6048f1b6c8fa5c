import { type Cause, type Owner, stages } from '#diagnostics/causes/cause.ts';
import { causes } from '#diagnostics/causes/index.ts';
import { checkOf } from '#diagnostics/checks/index.ts';
import { signatures } from '#diagnostics/signatures/index.ts';
import { code, fence, page, sentence, table, text } from '../markdown.ts';

const owners = {
  application: 'the application',
  image: 'whoever builds the image',
  'task-definition': 'the task definition',
  'service-config': "the service's settings",
  'execution-role': 'the execution role',
  'task-role': 'the task role',
  'infrastructure-role': 'the infrastructure role',
  network: 'the network',
  'load-balancer': 'the load balancer',
  capacity: 'the capacity',
  operator: 'whoever operates the service',
  aws: 'AWS',
  nothing: 'nothing',
} as const satisfies Record<Owner, string>;

/** Texts of AWS's shown per cause. */
const shown = 3;

/** docs/causes.md */
export function causesPage(): string {
  const all = [...causes.values()];
  const groups = stages
    .map((stage, index) => ({ stage, index, members: all.filter((cause) => cause.stage === index) }))
    .filter(({ members }) => members.length > 0);
  return page('Causes', 'diagnostics/causes/ and diagnostics/signatures/', [
    `What the bot can find, ${all.length} causes by the stage at which a task fails. When several hold at once, the earliest confirmed stage is the headline, and what follows from it is the chain below. The ids are stable: reports, buttons and scripts carry them.`,
    'A fix is shown here with placeholders in capitals; an answer fills in the real names and ARNs as far as AWS told them.',
    table(
      ['Stage', 'Causes'],
      groups.map(({ stage, index, members }) => [
        `[${title(stage, index)}](#${anchor(title(stage, index))})`,
        members.map(({ id }) => `[${id}](#${id})`).join(', '),
      ]),
    ),
    ...groups.flatMap(({ stage, index, members }) => [`## ${title(stage, index)}`, ...members.map(section)]),
  ]);
}

function title(stage: string, index: number): string {
  return index === 0 ? 'No stage: life cycle and look-ups' : `Stage ${index}: ${stage}`;
}

/** The anchor that GitHub gives a heading. */
function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\w\s-]/g, '')
    .replaceAll(' ', '-');
}

function section(cause: Cause): string {
  const { id, severity, owner, meaning, confirm, next } = cause;
  const fix = cause.fix({});
  const further = next
    .filter((check) => checkOf(check))
    .map((check) => `[${code(check)}](checks.md#${check})`);
  const texts = signatures.filter((signature) => signature.cause === id).flatMap(({ examples }) => examples);
  return [
    `### ${id}`,
    `**${sentence(text(cause.title))}** · ${severity} · to change: ${owners[owner]}`,
    text(meaning),
    `Confirmed by: ${text(confirm)}`,
    ...(further.length > 0 ? [`Asked next: ${further.join(', ')}`] : []),
    ...(texts.length > 0
      ? [`Written by AWS as, for example:\n\n${texts.slice(0, shown).map(item).join('\n')}`]
      : []),
    `First fix: ${text(fix.summary)}`,
    ...(fix.cli === undefined ? [] : [fence('sh', fix.cli)]),
    ...(fix.terraform === undefined ? [] : [fence('hcl', fix.terraform)]),
  ].join('\n\n');
}

function item(example: string): string {
  const line = example.replace(/\s+/g, ' ').trim();
  return `- ${code(line.length > 300 ? `${line.slice(0, 299)}…` : line)}`;
}
