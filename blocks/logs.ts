import type { RichTextBlock } from '@slack/types';
import type { LogTail, Report } from '#diagnostics/report.ts';
import { mrkdwn, size } from './escape.ts';
import { own, slack } from './limits.ts';
import { logButtons } from './log-buttons.ts';
import { logFile } from './log-file.ts';
import { type Kept, newestThatFit, oldestThatFit } from './log-room.ts';
import { title } from './log-tail.ts';
import type { AnyBlock, Message, ReportActions } from './message.ts';
import { missingSections } from './missing.ts';
import { checkedLine, contextLine, costLine, notesLine } from './parts.ts';
import { type Leaf, line, literal, preformatted, rich, sentence } from './rich.ts';
import { weigh } from './weigh.ts';
import { plural, subject } from './words.ts';

export interface LogAnswer {
  message: Message;
  /** Everything that was read, where the message holds only a part of it and no button leads to the rest. */
  file?: { name: string; content: string };
}

/** Blocks per message leave room for this many containers beside the rest. */
const mostTails = 12;

/**
 * The answer of `logs`: the end of each container's log, at most 9,000 code points in all. Where that cuts anything,
 * the whole goes into a file; from page to page "Older" leads on from what is shown.
 */
export function logMessages(report: Report, give: ReportActions): LogAnswer {
  const tails = report.details.logs ?? [];
  const shown = tails.slice(0, mostTails);
  const frame = draw(report, give, shown.map(empty), true);
  const { logView, following } = report.details;
  const most = following === undefined ? own.logsTotal : own.logsFollowed;
  let left = Math.min(most, own.messageTotal - weigh(frame));
  const kept = new Map<LogTail, Kept>();
  const fitting = logView?.page === 'first' ? oldestThatFit : newestThatFit;
  // A short log leaves its share to the longer ones.
  const byLength = shown.toSorted((a, b) => a.lines.length - b.lines.length);
  for (const [index, tail] of byLength.entries()) {
    const part = fitting(tail, Math.floor(left / (byLength.length - index)));
    left -= part.lines.reduce((sum, text) => sum + size(text) + 1, 0);
    kept.set(tail, part);
  }
  const parts = shown.map((tail) => kept.get(tail) ?? empty(tail));
  const isCut = parts.some(({ earlier }) => earlier > 0);
  const message = { text: headText(report, tails), blocks: draw(report, give, parts, isCut) };
  const isReachable = logView?.page !== undefined && logView.errors !== true;
  const isLost =
    shown.length < tails.length || parts.some(({ isClamped }) => isClamped) || (isCut && !isReachable);
  // While lines come in, the message is edited every few seconds; the file comes with the last edit.
  return isLost && following === undefined ? { message, file: logFile(report, tails) } : { message };
}

function empty(tail: LogTail): Kept {
  return { lines: [], earlier: 0, later: 0, isClamped: false, tail };
}

function draw(report: Report, give: ReportActions, parts: readonly Kept[], isCut: boolean): AnyBlock[] {
  const { details } = report;
  const { following } = details;
  return [
    ...rich([line(sentence(headLine(report, details.logs ?? []), own.headline, 'bold'))]),
    ...contextLine(report),
    ...parts.flatMap((part) => tailBlock(report, part)),
    ...rich(missingSections(report)),
    ...(following === undefined ? [] : rich([line(sentence(following, own.note, 'italic'))])),
    ...checkedLine(report),
    ...notesLine(details, own.notes),
    ...logButtons(
      report,
      give,
      parts.map(({ tail }) => tail),
      isCut,
    ),
    ...costLine(report),
  ];
}

function tailBlock({ details }: Report, { tail, lines, earlier, later }: Kept): RichTextBlock[] {
  if (tail.lines.length === 0) {
    const missing = tail.missing ?? (details.logView?.page === undefined ? 'it is empty' : 'no more lines');
    return rich([
      line([...title('No log of ', tail), ...sentence(`: ${missing}`, own.evidence), ...openIt(tail.link)]),
    ]);
  }
  const where = details.logView?.page === undefined ? ' in the file' : '';
  const told = [
    ...literal(earlier > 0 ? ` · ${plural(earlier, 'earlier line')}${where}` : ''),
    ...literal(later > 0 ? ` · ${plural(later, 'more line')} behind these` : ''),
    ...literal(tail.lines.some(({ at }) => at !== undefined) ? ' · times in UTC' : ''),
  ];
  const text = lines.length === 0 ? [] : [preformatted(lines.join('\n'))];
  const { until: _until, ...running } = tail;
  const shown = details.logView?.page === 'first' ? running : tail;
  return rich([line([...title('', shown), ...told]), ...text]);
}

/** Only to where logs are known to be looked at: addresses are made of what stands in a task definition. */
const known =
  /^https:\/\/(?:[a-z0-9-]+\.console\.(?:aws\.amazon\.com|amazonaws\.cn|amazonaws-us-gov\.com)|(?:app\.|us3\.|us5\.|ap1\.)?(?:datadoghq\.(?:com|eu)|ddog-gov\.com))\/[!-~]{0,2000}$/;

function openIt(url: string | undefined): Leaf[] {
  if (url === undefined || url.length > slack.textObject || !known.test(url)) return [];
  return [...literal(' · '), { type: 'link', url, text: 'Open it there' }];
}

function headLine(report: Report, tails: readonly LogTail[]): string {
  const { logView } = report.details;
  const about = subject(report.target);
  const full = tails.filter(({ lines }) => lines.length > 0);
  const names = [...new Set((full.length > 0 ? full : tails).map(({ container }) => container))];
  const before = about === '' ? '' : `${about}: `;
  if (full.length === 0) return `${before}${nothingOf(tails, names)}`;
  const page = logView?.page === undefined || logView.page === 'since' ? '' : `${logView.page} `;
  const what = logView?.errors === true ? 'errors' : page === '' ? 'log' : 'lines';
  const filter = logView?.filter === undefined ? '' : ` with “${logView.filter}”`;
  const revision = logView?.revision === undefined ? '' : `, of ${logView.revision}`;
  return `${before}${page}${what} of ${listed(names)}${filter}${revision}, ${countOf(full, logView?.errors === true)}`;
}

function countOf(tails: readonly LogTail[], errors: boolean): string {
  const lines = tails.reduce((sum, tail) => sum + tail.lines.length, 0);
  if (!errors) return plural(lines, 'line');
  const times = tails.flatMap(({ entries = [] }) => entries).reduce((sum, { count }) => sum + count, 0);
  return times === lines ? plural(lines, 'error') : `${plural(lines, 'kind')}, ${plural(times, 'time')}`;
}

/** What a filter left out is there; that nothing passed is all there is to say. */
function nothingOf(tails: readonly LogTail[], names: readonly string[]): string {
  const reasons = new Set(tails.map(({ missing }) => missing));
  const [reason] = reasons;
  if (reasons.size === 1 && /^no (?:line|error) /.test(reason ?? '')) return reason ?? '';
  const [why] = tails.map((tail) => tail.why);
  if (names.length === 0) return 'no log found';
  return `no log of ${listed(names)}${why === undefined ? '' : (inShort[why] ?? '')}`;
}

const inShort: Partial<Record<NonNullable<LogTail['why']>, string>> = {
  'nothing-written': ', it wrote nothing',
  'not-started': ', it never started',
  'not-created': ', its stream could not be created',
  expired: ', it has expired',
  'log-class': ' in reach, only of Insights',
  elsewhere: ' here, it goes elsewhere',
};

function listed(names: readonly string[]): string {
  const [first = '', second] = names;
  if (second === undefined) return first;
  return names.length === 2 ? `${first} and ${second}` : `${first} and ${names.length - 1} more containers`;
}

function headText(report: Report, tails: readonly LogTail[]): string {
  return mrkdwn(headLine(report, tails), own.headline);
}
