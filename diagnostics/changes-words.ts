import { isChange } from './causes/changes.ts';
import type { Changes, Happening, Timeline } from './changes-details.ts';
import type { Report } from './report.ts';
import { cut } from './words.ts';

/** A row with what stands out about it. */
export interface ShownHappening extends Happening {
  /** `fails from here`, `explains it` */
  mark?: string;
}

/** What a command shows row by row: `changes` and `timeline` alike. */
export function happenings(
  report: Pick<Report, 'command' | 'details' | 'findings' | 'verdict'>,
): ShownHappening[] {
  const { command, details, findings, verdict } = report;
  const rows =
    command === 'changes'
      ? details.changes?.rows
      : command === 'timeline'
        ? details.timeline?.rows
        : undefined;
  const root = findings.find(({ cause }) => cause === verdict.cause && isChange(cause));
  const explaining = root?.evidence[0]?.field;
  return (rows ?? []).map((row) => {
    if (row.failure) return { ...row, mark: 'fails from here' };
    const explains = explaining !== undefined && row.fields?.includes(explaining);
    return explains ? { ...row, mark: 'explains it' } : row;
  });
}

/** `6 × app stopped, exit 137`, with who did it. */
export function happeningText({ count, text, by }: Happening): string {
  const often = count > 1 ? `${count} × ` : '';
  return `${often}${text}${by === undefined ? '' : ` · ${by}`}`;
}

/** A file for the post-mortem: every time in UTC, everything that was written elsewhere made harmless. */
export function happeningsMarkdown(report: Report): string {
  const { verdict, target, asOf, command, details } = report;
  const span = command === 'changes' ? details.changes : details.timeline;
  const rows = happenings(report).map(
    (row) =>
      `| ${times(row)} | ${row.about} | ${row.mark === undefined ? '' : `**${row.mark}:** `}${escaped(happeningText(row))} |`,
  );
  return [
    `# ${escaped(verdict.headline)}`,
    '',
    `${escaped([target.environment, target.account, target.region, target.cluster].filter(Boolean).join(' · '))} · as of ${utc(asOf)} UTC`,
    ...(span ? ['', `From ${utc(span.from)} to ${utc(span.to)}, times in UTC.`] : []),
    '',
    '| Time | What | |',
    '| --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

function times({ at, lastAt }: Happening): string {
  if (at === undefined) return '–';
  return lastAt === undefined ? utc(at) : `${utc(at)} – ${utc(lastAt).slice(11)}`;
}

function utc(iso: string): string {
  return iso.slice(0, 19).replace('T', ' ');
}

/** Nothing of a text acts: no markup, no link, no row of its own, no mention of anybody. */
function escaped(text: string): string {
  return cut(text, 500)
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_{}[\]<>()#|~!$]/g, (character) => `\\${character}`)
    .replace(/@/g, '@\u200b')
    .replace(/:\/\//g, ':\u200b//');
}

/** Between which moments, and of what: the line above the rows. */
export function spanText({
  command,
  details,
  verdict,
}: Pick<Report, 'command' | 'details' | 'verdict'>): string {
  const { changes, timeline } = details;
  // The headline says it already.
  if (verdict.state !== 'problem' && (changes ?? timeline)?.rows.length === 0) return '';
  if (command === 'changes' && changes) return changesSpan(changes);
  return command === 'timeline' && timeline ? timelineSpan(timeline) : '';
}

function changesSpan({ from, to, why, before, after, rows }: Changes): string {
  const versions = before === undefined || before === after ? '' : `${before} → ${after}, `;
  return `${versions}${rows.length === 0 ? 'nothing changed ' : ''}between ${from} and ${to} (${why})`;
}

function timelineSpan({ from, to }: Timeline): string {
  return `${from} to ${to}`;
}
