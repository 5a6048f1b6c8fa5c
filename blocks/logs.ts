import type { RichTextBlock } from '@slack/types';
import type { LogLine, LogTail, Report } from '#diagnostics/report.ts';
import { actions, button } from './elements.ts';
import { clamp, mrkdwn, plain, size } from './escape.ts';
import { own } from './limits.ts';
import { title } from './log-tail.ts';
import type { AnyBlock, Message, ReportActions } from './message.ts';
import { missingSections } from './missing.ts';
import { checkedLine, contextLine, costLine, notesLine } from './parts.ts';
import { line, literal, preformatted, rich, sentence } from './rich.ts';
import { utc } from './times.ts';
import { weigh } from './weigh.ts';
import { plural, subject } from './words.ts';

export interface LogAnswer {
  message: Message;
  /** Everything that was read, where the message holds only the end of it. */
  file?: { name: string; content: string };
}

/** One line of several takes at most this part of the room, as a divisor. */
const giantShare = 8;

/** Blocks per message leave room for this many containers beside the rest. */
const mostTails = 12;

/**
 * The answer of `logs`: the end of each container's log, at most 9,000 code points in all. Where that cuts anything,
 * the whole goes into a file.
 */
export function logMessages(report: Report, give: ReportActions): LogAnswer {
  const tails = report.details.logs ?? [];
  const shown = tails.slice(0, mostTails);
  const frame = draw(report, give, shown, () => []);
  let left = Math.min(own.logsTotal, own.messageTotal - weigh(frame));
  let cut = shown.length < tails.length;
  const kept = new Map<LogTail, readonly string[]>();
  // A short log leaves its share to the longer ones.
  const byLength = shown.toSorted((a, b) => a.lines.length - b.lines.length);
  for (const [index, tail] of byLength.entries()) {
    const share = Math.floor(left / (byLength.length - index));
    const lines = newest(tail.lines, share);
    left -= lines.reduce((sum, text) => sum + size(text) + 1, 0);
    cut ||=
      lines.length < tail.lines.length || lines.some((line, index) => line !== stamped(tail.lines[index]));
    kept.set(tail, lines);
  }
  const blocks = draw(report, give, shown, (tail) => kept.get(tail) ?? []);
  const message = { text: headText(report, tails), blocks };
  return cut ? { message, file: { name: fileName(report), content: fileContent(tails) } } : { message };
}

function draw(
  report: Report,
  give: ReportActions,
  tails: readonly LogTail[],
  linesOf: (tail: LogTail) => readonly string[],
): AnyBlock[] {
  return [
    ...rich([line(sentence(headLine(report, report.details.logs ?? []), own.headline, 'bold'))]),
    ...contextLine(report),
    ...tails.flatMap((tail) => tailBlock(tail, linesOf(tail))),
    ...rich(missingSections(report)),
    ...checkedLine(report),
    ...notesLine(report.details, own.notes),
    ...actions([
      button({ label: 'Last hour', action: 'run:logs', value: give.request('logs', { since: '1h' }) }),
      button({ label: 'Run again', action: 'run:logs#2', value: give.request('logs') }),
    ]),
    ...costLine(report),
  ];
}

function tailBlock(tail: LogTail, lines: readonly string[]): RichTextBlock[] {
  if (tail.lines.length === 0) {
    return rich([
      line([...title('No log of ', tail), ...sentence(`: ${tail.missing ?? 'it is empty'}`, own.evidence)]),
    ]);
  }
  const earlier = tail.lines.length - lines.length;
  const told = [
    ...literal(earlier > 0 ? ` · ${plural(earlier, 'earlier line')} in the file` : ''),
    ...literal(tail.truncated === true ? ' · older lines were not read' : ''),
    ...literal(tail.lines.some(({ at }) => at !== undefined) ? ' · times in UTC' : ''),
  ];
  const text = lines.length === 0 ? [] : [preformatted(lines.join('\n'))];
  return rich([line([...title('', tail), ...told]), ...text]);
}

/**
 * The newest lines that fit into `most` code points, in order; of a giant one the beginning, so that it does not cost
 * those around it.
 */
function newest(lines: readonly LogLine[], most: number): string[] {
  const kept: string[] = [];
  const longest = Math.floor(most / giantShare);
  let left = most;
  for (const entry of lines.toReversed()) {
    const text = clamp(stamped(entry), lines.length === 1 ? most : longest);
    left -= size(text) + 1;
    if (left < 0) break;
    kept.unshift(text);
  }
  return kept.length > 0
    ? kept
    : lines.slice(-1).map((entry) => clamp(stamped(entry), Math.max(1, most - 1)));
}

function stamped(entry: LogLine | undefined): string {
  if (entry === undefined) return '';
  const text = plain(entry.message).trimEnd();
  return entry.at === undefined ? text : `${utc(entry.at, true).replace(' UTC', '')} ${text}`;
}

function headLine(report: Report, tails: readonly LogTail[]): string {
  const about = subject(report.target);
  const full = tails.filter(({ lines }) => lines.length > 0);
  const names = [...new Set((full.length > 0 ? full : tails).map(({ container }) => container))];
  const lines = full.reduce((sum, tail) => sum + tail.lines.length, 0);
  const what = lines > 0 ? `log of ${listed(names)}` : nothingOf(tails, names);
  return `${about === '' ? '' : `${about}: `}${what}${lines === 0 ? '' : `, ${plural(lines, 'line')}`}`;
}

/** What a filter left out is there; that nothing passed is all there is to say. */
function nothingOf(tails: readonly LogTail[], names: readonly string[]): string {
  const reasons = new Set(tails.map(({ missing }) => missing));
  const [reason] = reasons;
  if (reasons.size === 1 && reason?.startsWith('no line ') === true) return reason;
  return names.length === 0 ? 'no log found' : `no log of ${listed(names)}`;
}

function listed(names: readonly string[]): string {
  const [first = '', second] = names;
  if (second === undefined) return first;
  return names.length === 2 ? `${first} and ${second}` : `${first} and ${names.length - 1} more containers`;
}

function headText(report: Report, tails: readonly LogTail[]): string {
  return mrkdwn(headLine(report, tails), own.headline);
}

function fileName(report: Report): string {
  const words = [report.target.service ?? report.target.family ?? 'task', report.target.environment, 'logs'];
  return `${words
    .join('-')
    .replace(/[^\w.-]+/g, '-')
    .slice(0, own.name)}.txt`;
}

function fileContent(tails: readonly LogTail[]): string {
  return tails
    .map((tail) => {
      const lines = tail.lines.map(
        ({ at, message }) => `${at === undefined ? '' : `${at} `}${plain(message).trimEnd()}`,
      );
      const body = lines.length === 0 ? `(${tail.missing ?? 'empty'})` : lines.join('\n');
      return `== ${tail.container} ${tail.task}\n${body}\n`;
    })
    .join('\n');
}
