import type { ContextBlock, RichTextSection } from '@slack/types';
import type { Details, Finding, Now, Report } from '#diagnostics/report.ts';
import { causeTitle } from './cause-title.ts';
import { context } from './elements.ts';
import { mrkdwn } from './escape.ts';
import { own } from './limits.ts';
import { join, type Leaf, labelled, literal, sentence, when } from './rich.ts';
import { dateToken, timeFormat } from './times.ts';
import { isHeld, verdictFinding } from './verdict.ts';
import { duration, plural, reasonOf, statusWord } from './words.ts';

/** The paragraphs of a report between the verdict and the table, and the muted lines below it. */

/** `prod · 222222222222 · us-east-1 · cluster prod · as of 14:41` */
export function contextLine(report: Report): ContextBlock[] {
  const { environment, account, region, cluster } = report.target;
  const names = [environment, account, region]
    .filter((name) => name !== '')
    .map((name) => mrkdwn(name, own.name));
  if (names.length === 0) return [];
  if (cluster !== undefined) names.push(`cluster ${mrkdwn(cluster, own.name)}`);
  names.push(`as of ${dateToken(report.asOf, '{date_short_pretty}, {time}')}`);
  return context(names.join(' · '));
}

/** The chain from the symptom to the root. One link alone is the headline, which was said. */
export function whySection(report: Report): RichTextSection[] {
  const chain = report.verdict.chain;
  const whole = chain.length < 2 ? [] : chain;
  const links = whole.length <= own.links ? whole : [...whole.slice(0, 1), ...whole.slice(1 - own.links)];
  const parts = links.map((cause, index) => {
    const finding = report.findings.find((candidate) => candidate.cause === cause && isHeld(candidate));
    // The symptom is what was asked about; that it is so needs no status.
    const status = finding === undefined || index === 0 ? [] : literal(` · ${statusWord(finding.status)}`);
    return [...sentence(finding?.title ?? causeTitle(cause), own.link), ...status];
  });
  const shared = report.details.commonFactor;
  return [
    ...labelled('Why', join(parts, ' ← ')),
    ...(shared === undefined ? [] : labelled('Shared', sentence(shared, own.evidence))),
  ];
}

/** Why an undecided verdict is undecided. */
export function openSection(report: Report): RichTextSection[] {
  const finding = verdictFinding(report);
  if (report.verdict.status === 'confirmed' || finding?.open === undefined) return [];
  return labelled('To decide', sentence(finding.open, own.evidence));
}

/** `1 of 2 running, on api:41, the last good revision · deployment of api:42 since 14:02, 4 failed` */
export function nowSection(report: Report): RichTextSection[] {
  const now = report.details.now;
  if (now === undefined) return [];
  const calm = now.deployments.every(isCalm);
  if (report.verdict.state === 'healthy' && calm && now.pending === 0) return [];
  const shown = now.deployments.filter(isWorthSaying).slice(0, own.deployments);
  const more = now.deployments.filter(isWorthSaying).length - shown.length;
  const good = now.lastGoodRevision;
  const goodIsShown = good === undefined || shown.some(({ revision }) => revision === good);
  return labelled(
    'Now',
    join(
      [
        [
          ...literal(`${now.running} of ${now.desired} running`),
          ...shown.filter(isOld).flatMap((deployment) => oldLeaves(deployment, now)),
        ],
        literal(now.pending > 0 ? `${now.pending} pending` : ''),
        ...shown
          .filter((deployment) => !isOld(deployment))
          .map((deployment) => deploymentLeaves(deployment, report.asOf)),
        literal(more > 0 ? `${plural(more, 'more deployment')}` : ''),
        goodIsShown ? [] : sentence(`last good revision ${good}`, own.name),
      ],
      ' · ',
    ),
  );
}

type Deployment = Now['deployments'][number];

function isCalm(deployment: Deployment): boolean {
  return deployment.failed === 0 && (deployment.rolloutState ?? 'COMPLETED') === 'COMPLETED';
}

/** A deployment that has been replaced and has no tasks left is history. */
function isWorthSaying(deployment: Deployment): boolean {
  return deployment.status === 'PRIMARY' || deployment.running > 0 || !isCalm(deployment);
}

/** Tasks of a revision that another is about to replace. */
function isOld(deployment: Deployment): boolean {
  return isCalm(deployment) && deployment.status !== 'PRIMARY';
}

function oldLeaves({ revision, running }: Deployment, now: Now): Leaf[] {
  const last = revision === now.lastGoodRevision ? ', the last good revision' : '';
  const some = running === now.running ? '' : `${running} of them `;
  return [...literal(`, ${some}on `), ...sentence(revision, own.name), ...literal(last)];
}

function deploymentLeaves(deployment: Deployment, asOf: string): Leaf[] {
  const revision = sentence(deployment.revision, own.name);
  if (isCalm(deployment)) return [...literal('on '), ...revision];
  const { since: began } = deployment;
  const since = began === undefined ? [] : [...literal('since '), ...when(began, timeFormat(began, asOf))];
  const state =
    deployment.rolloutState === undefined ? '' : deployment.rolloutState.replaceAll('_', ' ').toLowerCase();
  const failed = deployment.failed > 0 ? `${deployment.failed} failed` : '';
  return [
    ...literal('deployment of '),
    ...join([join([revision, since], ' '), sentence(state, own.name), literal(failed)], ', '),
    ...(deployment.reason === undefined
      ? []
      : [...literal(' ('), ...sentence(deployment.reason, own.link), ...literal(')')]),
  ];
}

/** What is wrong beside the chain: not the cause, and still worth knowing. */
export function alsoSection(report: Report): RichTextSection[] {
  const chain = new Set(report.verdict.chain);
  if (report.verdict.cause !== null) chain.add(report.verdict.cause);
  const other = report.findings.filter(
    (finding) =>
      isHeld(finding) &&
      finding.severity !== 'info' &&
      (finding.alsoSeen === true || !chain.has(finding.cause)),
  );
  const shown = other.slice(0, own.alsoSeen).map((finding) => sentence(alsoText(finding), own.alsoSeenText));
  if (other.length > shown.length) shown.push(literal(`${other.length - shown.length} more`));
  return labelled('Also seen', join(shown, ' · '));
}

function alsoText(finding: Finding): string {
  const said = finding.summary.replace(/[.\s]+$/, '');
  return finding.status === 'confirmed' ? said : `${said} (${statusWord(finding.status)})`;
}

/** One muted line for the stops that nobody needs to look at. */
export function expectedLine(details: Details): ContextBlock[] {
  const expected = details.expectedStops ?? [];
  const texts = expected
    .slice(0, own.expected)
    .map(
      ({ text, count }) =>
        `${mrkdwn(text, own.expectedText)}${count > 1 && !/\d/.test(text) ? ` (${count})` : ''}`,
    );
  if (expected.length > texts.length) texts.push(`${expected.length - texts.length} more`);
  return context(texts.length === 0 ? '' : `Expected stops: ${texts.join(', ')}`);
}

/** What was looked at and is not it, and what could not be looked at. */
export function checkedLine(report: Report): ContextBlock[] {
  const ruledOut = [
    ...new Set(report.findings.filter(({ status }) => status === 'ruled-out').map(({ title }) => title)),
  ];
  const parts: string[] = [];
  if (ruledOut.length > 0) parts.push(`*Ruled out*  ${listed(ruledOut, own.ruledOut, own.link)}`);
  // A verdict of "could not tell" says what was missing in a paragraph of its own.
  if (report.notChecked.length > 0 && report.verdict.state !== 'unknown') {
    const missing = report.notChecked.map(
      (left) => `${left.check} (${left.missing === undefined ? reasonOf(left) : `needs ${left.missing}`})`,
    );
    parts.push(`*Not checked*  ${listed(missing, own.notChecked, own.checkText)}`);
  }
  return context(parts.join('\n'));
}

function listed(texts: readonly string[], most: number, each: number): string {
  const shown = texts.slice(0, most).map((text) => mrkdwn(text, each));
  if (texts.length > shown.length) shown.push(`${texts.length - shown.length} more`);
  return shown.join(', ');
}

/** Limits of the answer: the rung that answered, pages not read. `most` is how many may be shown. */
export function notesLine(details: Details, most: number): ContextBlock[] {
  const notes = [...(details.source === undefined ? [] : [details.source]), ...(details.notes ?? [])];
  const shown = notes.slice(0, most).map((note) => mrkdwn(note, own.note));
  if (notes.length > shown.length)
    shown.push(`${plural(notes.length - shown.length, 'note')} left out for length`);
  return context(shown.join('\n'));
}

/** `11 AWS calls · 0.4 s` */
export function costLine(report: Report): ContextBlock[] {
  const { calls, ms } = report.aws;
  return context(calls === 0 ? '' : `${plural(calls, 'AWS call')} · ${duration(ms)}`);
}
