import type { ActionsBlock, ContextBlock, RichTextBlock } from '@slack/types';
import { happenings, happeningsMarkdown, happeningText, spanText } from '#diagnostics/changes-words.ts';
import type { Report } from '#diagnostics/report.ts';
import { reportButtons } from './buttons.ts';
import { actions, button, context } from './elements.ts';
import { mrkdwn } from './escape.ts';
import { own } from './limits.ts';
import type { AnyBlock, Message, ReportActions } from './message.ts';
import { missingSections } from './missing.ts';
import { checkedLine, contextLine, costLine, notesLine, openSection, whySection } from './parts.ts';
import { type Leaf, labelled, line, literal, rich, sentence, when } from './rich.ts';
import { timeFormat } from './times.ts';
import { verdictBlock, verdictLines, verdictText } from './verdict.ts';
import { weigh } from './weigh.ts';
import { plural } from './words.ts';

export interface HappeningsAnswer {
  message: Message;
  /** All rows, where it was asked for or the message has no room for them. */
  file?: { name: string; content: string };
}

interface Options {
  provisional?: boolean;
  /** The file is what was asked for: the message only says what it is. */
  exported?: boolean;
}

type Row = ReturnType<typeof happenings>[number];

/** The answers of `changes` and `timeline`: the verdict, then what happened row by row in the reader's own time zone. */
export function happeningsMessage(
  report: Report,
  give: ReportActions,
  options: Options = {},
): HappeningsAnswer {
  const rows = happenings(report);
  let shown = options.exported ? [] : mostTelling(rows, own.happenings);
  let blocks = draw(report, give, options, shown);
  while (weigh(blocks) > own.messageTotal && shown.length > 0) {
    shown = mostTelling(rows, shown.length - 1);
    blocks = draw(report, give, options, shown);
  }
  const message = { text: verdictText(verdictLines(report)), blocks };
  const isCut = shown.length < rows.length && options.provisional !== true;
  return options.exported || isCut ? { message, file: fileOf(report) } : { message };
}

/** What is marked stays; of the rest the newest, for they are nearest to the question. */
function mostTelling(rows: readonly Row[], most: number): Row[] {
  const marked = rows.filter(({ mark }) => mark !== undefined).slice(0, most);
  const rest = rows.filter(({ mark }) => mark === undefined);
  const kept = new Set([...marked, ...rest.slice(rest.length - Math.max(0, most - marked.length))]);
  return rows.filter((row) => kept.has(row));
}

function draw(report: Report, give: ReportActions, options: Options, shown: readonly Row[]): AnyBlock[] {
  const hidden = happenings(report).length - shown.length;
  const file = options.provisional ? '' : ' in the file';
  return [
    ...verdictBlock(verdictLines(report)),
    ...contextLine(report),
    ...context(mrkdwn(options.provisional === true ? 'Still checking …' : '', own.note)),
    ...rich([
      ...(options.exported
        ? []
        : [...whySection(report), ...openSection(report), ...missingSections(report)]),
      ...labelled(titleOf(report), spanLeaves(report)),
    ]),
    ...list(report, shown),
    ...context(hidden > 0 ? `${plural(hidden, options.exported ? 'row' : 'other row')}${file}` : ''),
    ...checkedLine(report),
    ...notesLine(report.details, own.notes),
    ...(options.provisional === true ? [] : buttons(report, give)),
    ...costLine(report),
  ];
}

function titleOf({ command }: Report): string {
  return command === 'changes' ? 'Changes' : 'Timeline';
}

/** The day is said where it is not this one, which a sentence does not do. */
function spanLeaves(report: Report): Leaf[] {
  const text = spanText(report);
  const parts = text.split(/(\d{4}-\d{2}-\d{2}T[\d:.]+Z)/);
  return parts.flatMap((part, index) =>
    // A sentence of its own would lose the spaces around the times.
    index % 2 === 1 ? when(part, timeFormat(part, report.asOf)) : literal(part),
  );
}

function list(report: Report, rows: readonly Row[]): (RichTextBlock | ContextBlock)[] {
  if (rows.length === 0) return [];
  const elements = rows.map((row) => {
    const { at, lastAt, about, mark } = row;
    return line([
      ...when(at, timeFormat(at ?? report.asOf, report.asOf)),
      ...(lastAt === undefined ? [] : [...literal('–'), ...when(lastAt, timeFormat(lastAt, report.asOf))]),
      ...literal(at === undefined ? '' : '  '),
      ...literal(mark === undefined ? '' : `${mark}: `, 'bold'),
      ...literal(about === 'tasks' || about === 'event' ? '' : `${about} · `),
      ...sentence(happeningText(row), own.happening, mark === undefined ? undefined : 'bold'),
    ]);
  });
  return rich([{ type: 'rich_text_list', style: 'bullet', elements }]);
}

function buttons(report: Report, give: ReportActions): ActionsBlock[] {
  const view = give.happenings;
  const { command, details } = report;
  const more = [
    ...(view && happenings(report).length > 0
      ? [button({ label: 'Export', action: `run:${command}#export`, value: view({ markdown: true }) })]
      : []),
    ...(view && command === 'changes' && details.changes && !details.changes.asked
      ? [button({ label: 'Who changed it', action: `run:${command}#who`, value: view({ who: true }) })]
      : []),
  ];
  const [block, ...rest] = reportButtons(report, give);
  return block ? [{ ...block, elements: [...more, ...block.elements] }, ...rest] : actions(more);
}

function fileOf(report: Report): { name: string; content: string } {
  const words = [report.target.service ?? 'service', report.target.environment, report.command];
  const name = words
    .join('-')
    .replace(/[^\w.-]+/g, '-')
    .slice(0, own.name);
  return { name: `${name}.md`, content: happeningsMarkdown(report) };
}
