import type { Report } from '#diagnostics/report.ts';
import { areaSection } from './area.ts';
import { reportButtons } from './buttons.ts';
import { chartBlocks } from './chart.ts';
import { deploymentSection } from './deployment.ts';
import { context } from './elements.ts';
import { mrkdwn } from './escape.ts';
import { eventsList } from './events.ts';
import { own, slack } from './limits.ts';
import { tailBlock } from './log-tail.ts';
import type { AnyBlock, Message, ReportActions } from './message.ts';
import { missingSections } from './missing.ts';
import {
  alsoSection,
  checkedLine,
  contextLine,
  costLine,
  expectedLine,
  notesLine,
  nowSection,
  openSection,
  whySection,
} from './parts.ts';
import { rich } from './rich.ts';
import { stopsList, stopsTable } from './stops.ts';
import { verdictBlock, verdictLines, verdictText } from './verdict.ts';
import { waitingSection } from './waiting.ts';
import { weigh } from './weigh.ts';

export interface ReportOptions {
  /** Checks are still running: says so, and offers nothing to press yet. */
  provisional?: boolean;
  /** For an ephemeral answer or a response URL: blocks that are known to work there, so no table. */
  private?: boolean;
}

/** How much of what may be cut is shown. */
interface Shown {
  logLines: number;
  rows: number;
  events: number;
  notes: number;
  charts: number;
  few: boolean;
}

/**
 * A report as a message: the verdict in the first two lines, then details in falling order of use.
 * Too long an answer loses log lines first, the oldest first, then rows of the table, then events, then notes,
 * then charts, whose lines stay, then buttons that something else leads to; it says what was cut, and never cuts the
 * verdict.
 */
export function reportMessage(report: Report, actions: ReportActions, options: ReportOptions = {}): Message {
  const { stops = [], events = [], logs = [], notes = [] } = report.details;
  const shown: Shown = {
    logLines: Math.min(own.logLines, logs[0]?.lines.length ?? 0),
    rows: Math.min(own.tableRows, stops.length),
    events: Math.min(own.events, events.length),
    notes: Math.min(own.notes, notes.length + (report.details.source === undefined ? 0 : 1)),
    charts: options.private === true ? 0 : slack.chartsPerMessage,
    few: false,
  };
  let blocks = draw(report, actions, options, shown);
  while (weigh(blocks) > own.messageTotal && cut(shown)) blocks = draw(report, actions, options, shown);
  return { text: verdictText(verdictLines(report)), blocks };
}

/** Takes one step in the order of cutting; false when nothing is left to cut. */
function cut(shown: Shown): boolean {
  for (const key of ['logLines', 'rows', 'events', 'notes', 'charts'] as const) {
    if (shown[key] === 0) continue;
    shown[key] -= 1;
    return true;
  }
  if (shown.few) return false;
  shown.few = true;
  return true;
}

function draw(report: Report, actions: ReportActions, options: ReportOptions, shown: Shown): AnyBlock[] {
  const { details } = report;
  const stops = options.private === true ? stopsList : stopsTable;
  return [
    ...verdictBlock(verdictLines(report)),
    ...contextLine(report),
    ...context(
      mrkdwn(details.following ?? (options.provisional === true ? 'Still checking …' : ''), own.note),
    ),
    ...rich([
      ...whySection(report),
      ...openSection(report),
      ...missingSections(report),
      ...nowSection(report),
      ...deploymentSection(report),
      ...waitingSection(details),
      ...areaSection(report),
      ...alsoSection(report),
    ]),
    ...chartBlocks(details.charts ?? [], shown.charts),
    ...stops(details.stops ?? [], report.asOf, shown.rows),
    ...eventsList(details.events ?? [], report.asOf, shown.events),
    ...tailBlock(details.logs?.[0], shown.logLines),
    ...expectedLine(details),
    ...checkedLine(report),
    ...notesLine(details, shown.notes),
    ...(options.provisional === true ? [] : reportButtons(report, actions, shown.few)),
    ...costLine(report),
  ];
}
