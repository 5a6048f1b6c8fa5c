import type { ModalView } from '@slack/types';
import type { Finding, Fix, Report } from '#diagnostics/report.ts';
import { causeTitle } from './cause-title.ts';
import { context, plainText } from './elements.ts';
import { plain, size } from './escape.ts';
import { own, slack } from './limits.ts';
import type { AnyBlock } from './message.ts';
import { line, literal, preformatted, rich, sentence } from './rich.ts';
import { isHeld, verdictFinding } from './verdict.ts';
import { statusWord, subject } from './words.ts';

/** The modal "How to fix": a sentence, Terraform and AWS CLI for each finding that has a fix, the cause first. */
export function fixModal(report: Report): ModalView {
  const first = verdictFinding(report);
  const fixable = report.findings.filter((finding) => isHeld(finding) && finding.fix !== undefined);
  const sorted = [
    ...fixable.filter((finding) => finding === first),
    ...fixable.filter((finding) => finding !== first),
  ];
  const shown = sorted.slice(0, own.fixes);
  const more = sorted.length - shown.length;
  if (shown.length === 0) return view([...context('No fix is known for what was found.')]);
  return view([
    ...context('Nothing here is executed. Read it, change what you must, and run it yourself.'),
    ...rich(
      [line(sentence(subject(report.target), own.name, 'bold'))].filter(
        ({ elements }) => elements.length > 0,
      ),
    ),
    ...shown.flatMap((finding, index): AnyBlock[] => [
      ...(index === 0 ? [] : [{ type: 'divider' as const }]),
      ...fixBlocks(finding),
    ]),
    ...context(more > 0 ? `${more} more in the thread` : ''),
  ]);
}

/** Opened at once, since a trigger lives three seconds. */
export function fixLoadingModal(): ModalView {
  return view([...context('Reading the findings …')]);
}

/** In place of the fix, where the findings could not be read again. */
export function fixFailedModal(message: string): ModalView {
  return view(
    rich([line(sentence(message, own.evidence).concat(message.trim() === '' ? literal('–') : []))]),
  );
}

function view(blocks: AnyBlock[]): ModalView {
  return {
    type: 'modal',
    callback_id: 'fix',
    title: plainText('How to fix', slack.viewTitle),
    close: plainText('Close', slack.viewButton),
    blocks,
  };
}

function fixBlocks(finding: Finding): AnyBlock[] {
  const fix = finding.fix;
  if (fix === undefined) return [];
  return rich(
    [
      line([...sentence(causeTitle(finding.cause), own.link, 'bold'), ...status(finding)]),
      line(sentence(fix.summary, own.fixText)),
      ...codePart('Terraform', fix.terraform),
      ...codePart('AWS CLI', fix.cli),
    ].filter(({ elements }) => elements.length > 0),
  );
}

function status({ status: held }: Finding) {
  return held === 'confirmed' ? [] : literal(` · ${statusWord(held)}: find out first`);
}

/** Code that was cut would be wrong when pasted, so it says so where it ends. */
function codePart(label: string, text: Fix['cli']) {
  if (text === undefined || text.trim() === '') return [];
  const whole = plain(text).trimEnd();
  const points = Array.from(whole);
  const shown =
    size(whole) <= own.fixCode ? whole : `${points.slice(0, own.fixCode).join('')}\n# cut here for length`;
  return [line(literal(label, 'bold')), preformatted(shown)];
}
