import type { RichTextSection } from '@slack/types';
import type { Report } from '#diagnostics/report.ts';
import { own } from './limits.ts';
import { join, labelled, literal, sentence } from './rich.ts';
import { reasonOf } from './words.ts';

/** For a verdict of "could not tell": what was missing, and who can change that. */
export function missingSections(report: Report): RichTextSection[] {
  if (report.verdict.state !== 'unknown') return [];
  const shown = report.notChecked.slice(0, own.notChecked);
  const parts = shown.map((left) => sentence(`${left.check}: ${reasonOf(left)}`, own.checkText));
  const more = report.notChecked.length - shown.length;
  if (more > 0) parts.push(literal(`${more} more`));
  return [
    ...labelled('Missing', join(parts, ' · ')),
    ...labelled('Who can help', sentence(help(report), own.evidence)),
  ];
}

function help(report: Report): string {
  const refused = [
    ...new Set(report.notChecked.flatMap(({ missing }) => (missing === undefined ? [] : [missing]))),
  ];
  const { environment, account } = report.target;
  if (refused.length > 0) {
    const actions = refused.slice(0, own.notChecked).join(', ');
    return `whoever manages IAM in account ${account} can allow ${actions} to the role of ${environment}`;
  }
  return report.notChecked.length === 0 ? '' : 'nothing to grant: run it again when AWS answers';
}
