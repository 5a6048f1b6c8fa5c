import type { ActionsBlockElement, RichTextBlock } from '@slack/types';
import { bytesWords, costWords } from '#diagnostics/insights/cost.ts';
import { library } from '#diagnostics/insights/library.ts';
import { widerThan } from '#diagnostics/insights/window.ts';
import type { Insights } from '#diagnostics/insights-details.ts';
import type { Report } from '#diagnostics/report.ts';
import { chartBlocks } from './chart.ts';
import { actions, button, context, option, select } from './elements.ts';
import { mrkdwn } from './escape.ts';
import { insightsFile } from './insights-file.ts';
import { isWhole, rowsList, rowsTable } from './insights-rows.ts';
import { own, slack } from './limits.ts';
import type { AnyBlock, Message, ReportActions } from './message.ts';
import { missingSections } from './missing.ts';
import { checkedLine, contextLine, costLine, notesLine } from './parts.ts';
import { labelled, line, preformatted, rich, sentence } from './rich.ts';
import { withUtc } from './times.ts';
import { weigh } from './weigh.ts';
import { duration, plural } from './words.ts';

export interface InsightsAnswer {
  message: Message;
  /** All rows, where the message has no room for them. */
  file?: { name: string; content: string };
}

const hour = 60 * 60_000;

interface Options {
  /** The query still runs: says how far it is, and offers to end it. */
  provisional?: boolean;
  /** For an ephemeral answer: blocks that are known to work there, so neither table nor chart. */
  private?: boolean;
}

/** The answer of `insights`: a sentence, a chart where one serves, the rows, and the query to be copied. */
export function insightsMessages(report: Report, give: ReportActions, options: Options = {}): InsightsAnswer {
  const { insights } = report.details;
  const text = mrkdwn(withUtc(report.verdict.headline), own.evidence);
  if (options.provisional === true) return { message: running(report, give) };
  // What a chart shows needs few rows beside it.
  const isDrawn = options.private !== true && (report.details.charts ?? []).length > 0;
  const most = isDrawn ? own.insightsRowsBesideChart : own.insightsRows;
  let shown = Math.min(most, insights?.rows.length ?? 0);
  let blocks = draw(report, give, options, shown);
  while (weigh(blocks) > own.messageTotal && shown > 0) {
    shown -= 1;
    blocks = draw(report, give, options, shown);
  }
  const message = { text, blocks };
  if (!insights || isWhole(insights, shown)) return { message };
  return { message, file: insightsFile(report, insights) };
}

function draw(report: Report, give: ReportActions, options: Options, shown: number): AnyBlock[] {
  const { insights, charts = [] } = report.details;
  const isPrivate = options.private === true;
  return [
    ...rich([line(sentence(report.verdict.headline, own.evidence, 'bold'))]),
    ...contextLine(report),
    ...(insights ? where(insights) : []),
    ...chartBlocks(charts, isPrivate ? 0 : slack.chartsPerMessage),
    ...(insights ? (isPrivate ? rowsList : rowsTable)(insights, report.asOf, shown) : []),
    ...rich(missingSections(report)),
    ...checkedLine(report),
    ...notesLine(report.details, own.notes),
    ...(insights ? rich([preformatted(insights.text)]) : []),
    ...actions(buttons(report, give)),
    ...cost(report),
  ];
}

/** What is searched, and when: the times in the reader's own zone. */
function where({ question, from, to, around, groups, containers }: Insights): RichTextBlock[] {
  const event = around === undefined ? '' : `, around the failure at ${around}`;
  const of = containers.length === 0 ? '' : `, ${containers.join(' and ')}`;
  return rich([
    ...labelled('Question', sentence(question, own.evidence)),
    ...labelled('Window', sentence(`${from} to ${to}${event}`, own.evidence)),
    ...labelled('Log', sentence(`${groups.join(', ')}${of}`, own.evidence)),
  ]);
}

/** `444 lines scanned, 16 KB, less than $0.01 · 9 AWS calls · 1.5 s` */
function cost(report: Report): AnyBlock[] {
  const { insights } = report.details;
  if (insights === undefined) return costLine(report);
  const { scanned, bytes, dollars } = insights;
  const price = dollars === undefined ? '' : `, ${costWords(dollars)}`;
  const { calls, ms } = report.aws;
  return context(
    `${plural(scanned, 'line')} scanned, ${bytesWords(bytes)}${price} · ${plural(calls, 'AWS call')} · ${duration(ms)}`,
  );
}

function running(report: Report, give: ReportActions): Message {
  const { insights } = report.details;
  const far =
    insights === undefined
      ? 'Looking for the log'
      : `Logs Insights searches ${insights.groups.join(', ')}: ${plural(insights.matched, 'line')} of ${insights.scanned} matched, ${bytesWords(insights.bytes)} scanned so far`;
  const stop =
    insights?.queryId === undefined || give.insights === undefined
      ? []
      : [
          button({
            label: 'Cancel',
            action: 'insights:cancel',
            value: give.insights({ cancel: insights.queryId, region: insights.region }),
            style: 'danger',
          }),
        ];
  return {
    text: mrkdwn(far, own.evidence),
    blocks: [
      ...rich([line(sentence(`${far} …`, own.evidence, 'bold'))]),
      ...(insights ? where(insights) : []),
      ...actions(stop),
    ],
  };
}

function buttons(report: Report, give: ReportActions): ActionsBlockElement[] {
  const { insights } = report.details;
  const others = library.filter(({ name }) => name !== insights?.query);
  const wider = insights && widerThan(new Date(report.asOf), new Date(insights.from));
  return [
    // The menu's own values are short; its target is taken from "Run again".
    select(
      'menu',
      'Other queries',
      others.map(({ name, label }) => option(label, `insights#${name}`)),
    ),
    ...(wider === undefined || give.insights === undefined
      ? []
      : [
          button({
            label: `Last ${wider === hour ? 'hour' : `${wider / hour} hours`}`,
            action: 'run:insights#wider',
            value: give.insights({ since: wider }),
          }),
        ]),
    button({ label: 'Run again', action: 'run:insights', value: give.request('insights') }),
    ...(insights?.console === undefined
      ? []
      : [
          {
            ...button({ label: 'Open in CloudWatch', action: 'insights:console', value: 'console' }),
            url: insights.console,
          },
        ]),
  ];
}
