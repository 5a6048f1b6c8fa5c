import type { ModalView } from '@slack/types';
import type { Finding, Report } from '#diagnostics/report.ts';
import { actions, button, context, plainText } from './elements.ts';
import { mrkdwn } from './escape.ts';
import { type FixTab, fixBlocks, fixTabs, fixText, has, isCut, tabNames } from './fix-parts.ts';
import { own, slack } from './limits.ts';
import type { AnyBlock } from './message.ts';
import { line, literal, rich, sentence } from './rich.ts';
import { isHeld, verdictFinding } from './verdict.ts';
import { subject } from './words.ts';

export { type FixTab, fixTabs } from './fix-parts.ts';

export interface FixView {
  /** The form that somebody chose; absent: the first that the cause's fix has. */
  tab?: FixTab;
  /** What the bot needs to know when a button of the window is pressed. At most 3,000 characters. */
  metadata?: string;
  /** Whether there is a thread that a file can be put into. */
  thread?: boolean;
}

/**
 * The modal "How to fix": the cause first, further findings below it, each as a sentence with the IAM statement where
 * it is one, and Terraform, AWS CLI or a way into the console, whichever was chosen.
 */
export function fixModal(report: Report, { tab, metadata, thread = false }: FixView = {}): ModalView {
  const sorted = fixable(report);
  const shown = sorted.slice(0, own.fixes);
  const more = sorted.length - shown.length;
  const [first] = shown;
  if (first === undefined) return view([...context('No fix is known for what was found.')]);
  const offered = fixTabs.filter((each) => shown.some(({ fix }) => has(fix, each)));
  const chosen =
    offered.find((each) => each === tab) ??
    offered.find((each) => has(first.fix, each)) ??
    offered[0] ??
    'terraform';
  const cut = shown.some(({ fix }) => isCut(fix)) || more > 0;
  return view(
    [
      ...context('Nothing here is executed. Read it, change what you must, and run it yourself.'),
      ...rich(
        [line(sentence(subject(report.target), own.name, 'bold'))].filter(
          ({ elements }) => elements.length > 0,
        ),
      ),
      ...tabRow(offered, chosen),
      ...(chosen === 'console' ? signIn(report) : []),
      ...shown.flatMap((finding, index): AnyBlock[] => [
        ...(index === 0 ? [] : [{ type: 'divider' as const }]),
        ...(index === 1 ? context('Also found') : []),
        ...fixBlocks(finding, chosen),
      ]),
      ...(cut ? wholeOf(more, thread) : []),
    ],
    metadata,
  );
}

/** What has a fix, the cause first. What a certain cause brings about is mended with it. */
function fixable(report: Report): Finding[] {
  const cause = verdictFinding(report);
  const { chain, status } = report.verdict;
  const mended = status === 'confirmed' ? new Set([...chain, ...(cause?.reasonOf ?? [])]) : new Set<string>();
  const held = report.findings.filter((finding) => isHeld(finding) && finding.fix !== undefined);
  return [
    ...held.filter((finding) => finding === cause),
    ...held.filter(
      (finding) => finding !== cause && (finding.alsoSeen === true || !mended.has(finding.cause)),
    ),
  ];
}

/** Every fix of a report, whole, as the text of a file. */
export function fixFile(report: Report): string {
  return fixText(fixable(report));
}

/** The chosen one says so in words, for who cannot tell the colour of a primary button. */
function tabRow(offered: readonly FixTab[], chosen: FixTab): AnyBlock[] {
  if (offered.length < 2) return [];
  const buttons = offered.map((tab) => {
    const label = tabNames[tab];
    return tab === chosen
      ? button({
          label: `✓ ${label}`,
          action: `fix:${tab}`,
          value: tab,
          style: 'primary',
          spoken: `${label}, shown now`,
        })
      : button({ label, action: `fix:${tab}`, value: tab, spoken: `Show ${label}` });
  });
  return actions(buttons).map((row) => ({ ...row, block_id: 'fix-tabs' }));
}

/** A console opens in the account that a browser is signed in to, whatever the address is about. */
function signIn({ target }: Report): AnyBlock[] {
  if (target.account === '') return [];
  return context(`Opens in the account you are signed in to: be in ${mrkdwn(target.account, own.name)}.`);
}

function wholeOf(more: number, thread: boolean): AnyBlock[] {
  const left = more > 0 ? `${more} more ${more === 1 ? 'fix is' : 'fixes are'} not shown here. ` : '';
  if (!thread) return context(`${left}The whole text is in the answer of \`npx ecs-sleuth … --json\`.`);
  return [
    ...context(`${left}Code that was cut is whole in a file.`),
    ...actions([button({ label: 'Put the file into the thread', action: 'fix:file', value: 'file' })]).map(
      (row) => ({
        ...row,
        block_id: 'fix-file',
      }),
    ),
  ];
}

/** Opened at once, since a trigger lives three seconds. */
export function fixLoadingModal(metadata?: string): ModalView {
  return view([...context('Reading the findings …')], metadata);
}

/** In place of the fix, where the findings could not be read again. */
export function fixFailedModal(message: string): ModalView {
  return view(
    rich([line(sentence(message, own.evidence).concat(message.trim() === '' ? literal('–') : []))]),
  );
}

function view(blocks: AnyBlock[], metadata?: string): ModalView {
  return {
    type: 'modal',
    callback_id: 'fix',
    title: plainText('How to fix', slack.viewTitle),
    close: plainText('Close', slack.viewButton),
    blocks,
    ...(metadata === undefined ? {} : { private_metadata: metadata }),
  };
}
