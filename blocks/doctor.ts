import { context } from './elements.ts';
import { mrkdwn } from './escape.ts';
import { own } from './limits.ts';
import type { Message } from './message.ts';
import { type Leaf, line, literal, rich, sentence } from './rich.ts';
import { dateToken } from './times.ts';
import { type Mark, marks } from './verdict.ts';
import { duration, plural } from './words.ts';

/** One environment as the doctor found it. Times in milliseconds. */
export interface DoctorRow {
  environment: string;
  account: string;
  region: string;
  role: string;
  assumed: { ok: true; arn: string } | { ok: false; reason: string; fix: string };
  missing: readonly { action: string; needed: readonly string[] }[];
  untested: readonly { action: string; reason: string }[];
  clockSkewMs?: number;
}

/** What the bot may and may not do in each environment; those in trouble come first. Fit for an ephemeral answer. */
export function doctorMessage(rows: readonly DoctorRow[], asOf: string): Message {
  const sorted = [...rows].sort((a, b) => rank(a) - rank(b));
  const shown = sorted.slice(0, own.doctorRows);
  const headline = summary(rows);
  const mark = sorted[0] === undefined ? marks.warning : markOf(sorted[0]);
  const hidden = sorted.length - shown.length;
  return {
    text: `${mark.symbol} ${mark.word} · ${mrkdwn(headline, own.headline)}`,
    blocks: [
      ...rich([
        line([
          emoji(mark),
          ...literal(` ${mark.word} · `, 'bold'),
          ...sentence(headline, own.headline, 'bold'),
        ]),
      ]),
      ...fitting(shown.map(rowLines)),
      ...context(hidden > 0 ? `${plural(hidden, 'more environment')} not shown` : ''),
      ...context(`as of ${dateToken(asOf, '{date_short_pretty}, {time}')}`),
    ],
  };
}

function summary(rows: readonly DoctorRow[]): string {
  if (rows.length === 0) return 'no environment is configured that you may look at';
  const closed = rows.filter(({ assumed }) => !assumed.ok).length;
  const partly = rows.filter(
    (row) => row.assumed.ok && (row.missing.length > 0 || row.untested.length > 0),
  ).length;
  if (closed > 0) return `${closed} of ${plural(rows.length, 'environment')} cannot be read`;
  if (partly > 0) return `${partly} of ${plural(rows.length, 'environment')} can be read only in part`;
  return `${rows.length === 1 ? 'the environment' : plural(rows.length, 'environment')} can be read`;
}

function isSkewed({ clockSkewMs = 0 }: DoctorRow): boolean {
  return Math.abs(clockSkewMs) >= own.clockSkew;
}

function rank(row: DoctorRow): number {
  if (!row.assumed.ok) return 0;
  return row.missing.length > 0 || row.untested.length > 0 || isSkewed(row) ? 1 : 2;
}

function markOf(row: DoctorRow): Mark {
  return [marks.problem, marks.warning, marks.healthy][rank(row)] ?? marks.warning;
}

function emoji(mark: Mark): Leaf {
  return { type: 'emoji', ...mark.emoji };
}

function rowLines(row: DoctorRow): Leaf[][] {
  const head: Leaf[] = [
    emoji(markOf(row)),
    ...literal(' '),
    ...sentence(row.environment, own.name, 'bold'),
    ...literal(' · '),
    ...sentence(`${row.account} · ${row.region}`, own.name),
  ];
  const lines = row.assumed.ok
    ? [[...literal('role assumed: '), ...sentence(row.assumed.arn, own.doctorText, 'code')]]
    : [
        [
          ...literal('role not assumed: '),
          ...sentence(row.role, own.doctorText, 'code'),
          ...sentence(`, ${row.assumed.reason}`, own.doctorText),
        ],
        // Where AWS could not be reached, nothing is to be changed.
        ...(row.assumed.fix === ''
          ? []
          : [[...literal('to do: '), ...sentence(row.assumed.fix, own.doctorText)]]),
      ];
  if (row.missing.length > 0)
    lines.push([...literal('missing: '), ...sentence(missingText(row), own.doctorText * 2)]);
  if (row.assumed.ok && row.missing.length === 0 && row.untested.length === 0)
    lines.push(literal('no action is missing'));
  if (row.untested.length > 0) {
    lines.push([
      ...literal('not tried: '),
      ...sentence(listed(row.untested.map(untestedText)), own.doctorText),
    ]);
  }
  if (isSkewed(row)) lines.push(literal(skewText(row.clockSkewMs ?? 0)));
  return [head, ...lines];
}

function missingText({ missing }: DoctorRow): string {
  return listed(
    missing.map(({ action, needed }) => `${action}${needed.length === 0 ? '' : ` (${needed.join(', ')})`}`),
  );
}

function untestedText({ action, reason }: DoctorRow['untested'][number]): string {
  return `${action} (${reason})`;
}

function listed(texts: readonly string[]): string {
  const shown = texts.slice(0, own.doctorActions);
  const more = texts.length - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function skewText(skew: number): string {
  const side = skew > 0 ? 'behind' : 'ahead of';
  return `the clock here is ${duration(Math.abs(skew))} ${side} AWS; beyond five minutes AWS refuses every call`;
}

/** One block per environment, as many as the total allows. */
function fitting(rows: readonly Leaf[][][]): Message['blocks'] {
  const blocks: Message['blocks'] = [];
  let left = own.messageTotal;
  for (const [index, lines] of rows.entries()) {
    const block = rich(lines.map(line));
    left -= JSON.stringify(block).length;
    if (left < 0)
      return [
        ...blocks,
        ...context(`${plural(rows.length - index, 'more environment')} left out for length`),
      ];
    blocks.push(...block);
  }
  return blocks;
}
