import type { RichTextBlock } from '@slack/types';
import type { Finding, Fix } from '#diagnostics/report.ts';
import { causeTitle } from './cause-title.ts';
import { plain, size } from './escape.ts';
import { own } from './limits.ts';
import { type Leaf, line, literal, preformatted, rich, sentence } from './rich.ts';
import { statusWord } from './words.ts';

/** The forms in which a fix is shown, one at a time: Slack has no tabs, so a row of buttons changes the view. */
export const fixTabs = ['terraform', 'cli', 'console'] as const;
export type FixTab = (typeof fixTabs)[number];

export const tabNames: Readonly<Record<FixTab, string>> = {
  terraform: 'Terraform',
  cli: 'AWS CLI',
  console: 'Console',
};

/** Whether a fix has something to show in a form. */
export function has(fix: Fix | undefined, tab: FixTab): boolean {
  if (tab === 'console') return consoleAddress(fix) !== undefined;
  return (fix?.[tab] ?? '').trim() !== '';
}

/** Whether some code of a fix is longer than a window shows. */
export function isCut(fix: Fix | undefined): boolean {
  return [fix?.terraform, fix?.cli, fix?.policy].some((text) => size(plain(text ?? '')) > own.fixCode);
}

/** One finding with its fix in the chosen form. */
export function fixBlocks(finding: Finding, tab: FixTab): RichTextBlock[] {
  const { fix } = finding;
  if (fix === undefined) return [];
  return rich(
    [
      line([...sentence(capital(causeTitle(finding.cause)), own.link, 'bold'), ...doubt(finding)]),
      line(sentence(fix.summary, own.fixText)),
      ...codePart('IAM statement', fix.policy),
      ...formPart(fix, tab),
    ].filter(({ elements }) => elements.length > 0),
  );
}

function capital(title: string): string {
  return `${title.charAt(0).toUpperCase()}${title.slice(1)}`;
}

function doubt({ status }: Finding): Leaf[] {
  return status === 'confirmed' ? [] : literal(` · ${statusWord(status)}: find out first`);
}

function formPart(fix: Fix, tab: FixTab): RichTextBlock['elements'] {
  if (!has(fix, tab)) return [line(literal(instead(fix, tab), 'italic'))];
  if (tab === 'console') return [line(consoleLink(fix))];
  return codePart(undefined, fix[tab]);
}

/** Says where else there is something, so that nobody has to try. */
function instead(fix: Fix, tab: FixTab): string {
  const others = fixTabs.filter((other) => other !== tab && has(fix, other)).map((other) => tabNames[other]);
  const missing = tab === 'console' ? 'The console has no page for this' : `No ${tabNames[tab]} for this`;
  return others.length === 0
    ? `${missing}: the sentence above is all of it.`
    : `${missing}; ${others.join(' and ')} ${others.length === 1 ? 'has' : 'have'} it.`;
}

/** Code that was cut would be wrong when pasted, so it says so where it ends. What the tab says needs no label. */
function codePart(label: string | undefined, text: string | undefined): RichTextBlock['elements'] {
  if (text === undefined || text.trim() === '') return [];
  const whole = plain(text).trimEnd();
  const points = Array.from(whole);
  const shown =
    size(whole) <= own.fixCode ? whole : `${points.slice(0, own.fixCode).join('')}\n# cut here for length`;
  return [...(label === undefined ? [] : [line(literal(label, 'bold'))]), preformatted(shown)];
}

/** Only consoles of AWS are linked to: a label must not lead anywhere else. */
const consoles =
  /^https:\/\/(?:[a-z0-9-]+\.)?console\.(?:aws\.amazon\.com|amazonaws\.cn|amazonaws-us-gov\.com)\/[!-~]{0,2000}$/;

function consoleAddress(fix: Fix | undefined): string | undefined {
  const address = fix?.console;
  return address !== undefined && consoles.test(address) ? address : undefined;
}

function consoleLink(fix: Fix): Leaf[] {
  const url = consoleAddress(fix);
  return url === undefined ? [] : [{ type: 'link', url, text: 'Open it in the AWS console' }];
}

/** All fixes as one text, for a file. */
export function fixText(findings: readonly Finding[]): string {
  const parts = findings.flatMap(({ cause, fix }) => {
    if (fix === undefined) return [];
    const code = [
      ['IAM statement', fix.policy],
      ['Terraform', fix.terraform],
      ['AWS CLI', fix.cli],
      ['Console', consoleAddress(fix)],
    ] as const;
    const shown = code.flatMap(([label, text]) =>
      text?.trim() ? [`## ${label}\n\n${plain(text).trimEnd()}`] : [],
    );
    return [[`# ${capital(causeTitle(cause))}`, plain(fix.summary), ...shown].join('\n\n')];
  });
  return `${parts.join('\n\n\n')}\n`;
}
