import type { Finding, Report } from '#diagnostics/report.ts';
import { causeTitle } from './cause-title.ts';
import { actions, button, context } from './elements.ts';
import { own } from './limits.ts';
import type { Message, ReportActions } from './message.ts';
import { notesLine, openSection } from './parts.ts';
import { join, type Leaf, labelled, literal, rich, sentence } from './rich.ts';
import { isHeld, verdictBlock, verdictFinding, verdictLines, verdictText } from './verdict.ts';
import { statusWord } from './words.ts';

/** What a pasted text means: the cause, what shows it, the fix in a sentence, and what else it could be. */
export function explainMessage(report: Report, give: ReportActions): Message {
  const lines = verdictLines(report);
  const finding = verdictFinding(report);
  const fix = finding?.fix;
  const longer = fix?.terraform !== undefined || fix?.cli !== undefined;
  const others = report.findings.filter((other) => isHeld(other) && other.cause !== finding?.cause);
  return {
    text: verdictText(lines),
    blocks: [
      ...verdictBlock(lines),
      ...rich([
        ...labelled('Read from', evidenceLeaves(finding)),
        ...labelled('Fix', fix === undefined ? [] : sentence(fix.summary, own.fixText)),
        ...openSection(report),
        ...labelled('Or', otherLeaves(others)),
      ]),
      ...(report.verdict.state === 'unknown'
        ? context(
            'Paste the whole text as AWS wrote it: the stopped reason, the container reason or the service event.',
          )
        : []),
      ...notesLine(report.details, own.notes),
      ...actions(
        longer ? [button({ label: 'How to fix', action: 'fix', value: give.request(report.command) })] : [],
      ),
      ...context(finding === undefined ? '' : `Cause \`${finding.cause.replace(/[^\w-]/g, '')}\``),
    ],
  };
}

function evidenceLeaves(finding: Finding | undefined): Leaf[] {
  const [first] = finding?.evidence ?? [];
  return first === undefined ? [] : sentence(first.value, own.evidence, 'code');
}

function otherLeaves(others: readonly Finding[]): Leaf[] {
  const shown = others
    .slice(0, own.alsoSeen)
    .map(({ cause, status }) => [
      ...sentence(causeTitle(cause), own.link),
      ...literal(` (${statusWord(status)})`),
    ]);
  return join(shown, ', ');
}
