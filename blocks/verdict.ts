import type { RichTextBlock } from '@slack/types';
import type { Finding, Now, Report } from '#diagnostics/report.ts';
import { causeTitle } from './cause-title.ts';
import { mrkdwn, oneLine } from './escape.ts';
import { own } from './limits.ts';
import { type Leaf, line, literal, rich, sentence } from './rich.ts';
import { withUtc } from './times.ts';
import { subject } from './words.ts';

/** The state of a report as a mark and a word; the word is there for who cannot tell the colours. */
export interface Mark {
  symbol: '🔴' | '🟡' | '🟢';
  /** Slack's name of the emoji, and its code point. */
  emoji: { name: string; unicode: string };
  word: string;
}

export const marks = {
  problem: { symbol: '🔴', emoji: { name: 'red_circle', unicode: '1f534' }, word: 'Problem' },
  warning: { symbol: '🟡', emoji: { name: 'large_yellow_circle', unicode: '1f7e1' }, word: 'Warning' },
  unknown: { symbol: '🟡', emoji: { name: 'large_yellow_circle', unicode: '1f7e1' }, word: 'Could not tell' },
  harmless: { symbol: '🟢', emoji: { name: 'large_green_circle', unicode: '1f7e2' }, word: 'No fault' },
  healthy: { symbol: '🟢', emoji: { name: 'large_green_circle', unicode: '1f7e2' }, word: 'Healthy' },
} as const satisfies Record<string, Mark>;

/** The verdict in two lines: what it is, and what shows it. */
export interface VerdictLines {
  mark: Mark;
  /** `api in prod: out of memory` */
  headline: string;
  /** One sentence; absent where the headline says it already. */
  evidence?: string;
}

/** The finding that the verdict stands on. */
export function verdictFinding(report: Report): Finding | undefined {
  const { cause, status } = report.verdict;
  const about = report.findings.filter((finding) => finding.cause === cause && isHeld(finding));
  const main = about.filter(({ alsoSeen }) => alsoSeen !== true);
  return main.find((finding) => finding.status === status) ?? main[0] ?? about[0];
}

/** Whether a finding says that something is so, or may be. */
export function isHeld(finding: Finding): boolean {
  return finding.status === 'confirmed' || finding.status === 'likely' || finding.status === 'open';
}

export function verdictLines(report: Report): VerdictLines {
  const finding = verdictFinding(report);
  const about = subject(report.target);
  const said = statement(report, about);
  const between = said.startsWith('not decided') ? ', ' : ': ';
  const headline = about === '' ? said : `${about}${between}${said}`;
  const evidence = finding === undefined ? '' : beyondTitle(finding, headline);
  const repeats =
    evidence === '' ||
    normal(headline).includes(normal(evidence)) ||
    (report.verdict.state === 'healthy' && !isAboutText(report));
  return { mark: markOf(report, finding), headline, ...(repeats ? {} : { evidence }) };
}

/** What a finding says beyond its title, where the headline holds the title already. */
export function beyondTitle({ title, summary }: Finding, headline: string): string {
  const said = oneLine(summary);
  const isSaid = headline.toLowerCase().includes(title.toLowerCase());
  if (!isSaid || !said.toLowerCase().startsWith(title.toLowerCase())) return said;
  const [, rest] = /^[,:]\s+(.+)$/.exec(said.slice(title.length)) ?? [];
  return rest === undefined ? said : rest.replace(/^once\b/, 'Once');
}

function markOf(report: Report, finding: Finding | undefined): Mark {
  if (report.verdict.state === 'healthy') return isAboutText(report) ? marks.harmless : marks.healthy;
  if (report.verdict.state === 'unknown') return marks.unknown;
  return finding === undefined || finding.severity === 'error' ? marks.problem : marks.warning;
}

/** `explain` looks at a text alone: nothing can be healthy there, only harmless. */
function isAboutText({ command }: Report): boolean {
  return command === 'explain';
}

/** What comes after the subject. The verdict's own words, without those that mark and subject already say. */
function statement(report: Report, about: string): string {
  const { state, status, cause, headline } = report.verdict;
  let said = oneLine(headline).replace(/[.:\s]+$/, '');
  // The verdict's own words shorten the id of a task without saying so.
  for (const name of about === '' ? [] : [about, about.replace('…', '')]) {
    if (said.startsWith(name)) said = said.slice(name.length).replace(/^[:,\s]+/, '');
  }
  said = said.replace(/^(?:healthy|could not tell(?: why)?|probably|not decided)\b(?!-)[:,\s]*/i, '');
  if (said === '' && cause !== null) said = causeTitle(cause);
  if (state === 'healthy') return withNumbers(said, report.details.now);
  if (state === 'unknown') return said === '' ? 'not enough was readable' : said;
  if (said === '') said = 'something is wrong';
  // After what led to it the cause carries its own doubt: `api:42 does not come up: probably …`.
  if (/: (?:probably|not decided)\b/.test(said)) return said;
  if (status === 'likely') return `probably ${said}`;
  // A symptom as the headline is certain; it says itself that its reason is not.
  return status === 'open' && !said.includes('not known') ? `not decided: ${said}` : said;
}

/** Healthy has to be proved: the running tasks are said where the words have no number. */
function withNumbers(said: string, now: Now | undefined): string {
  if (now === undefined || /\d/.test(said)) return said === '' ? 'nothing wrong was found' : said;
  const revision = now.deployments[0]?.revision;
  const numbers = `${now.running} of ${now.desired} running${revision === undefined ? '' : ` on ${revision}`}`;
  return said === '' ? numbers : `${numbers}, ${said}`;
}

function normal(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** The notification's text. Slack parses it, so every foreign character that could act is replaced. */
export function verdictText({ mark, headline, evidence }: VerdictLines): string {
  const first = `${mark.symbol} ${mark.word} · ${mrkdwn(withUtc(headline), own.headline)}`;
  return evidence === undefined ? first : `${first}\n${mrkdwn(withUtc(evidence), own.evidence)}`;
}

export function verdictBlock({ mark, headline, evidence }: VerdictLines): RichTextBlock[] {
  const first: Leaf[] = [
    { type: 'emoji', ...mark.emoji },
    ...literal(` ${mark.word} · `, 'bold'),
    ...sentence(headline, own.headline, 'bold'),
  ];
  const second = evidence === undefined ? [] : [line(sentence(evidence, own.evidence))];
  return rich([line(first), ...second]);
}
