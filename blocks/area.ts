import type { RichTextPreformatted, RichTextSection } from '@slack/types';
import { areaCommand, areaLines } from '#diagnostics/area-words.ts';
import type { Report } from '#diagnostics/report.ts';
import { own } from './limits.ts';
import { labelled, preformatted, sentence } from './rich.ts';

/** What the command is about, line by line, with a command to copy where that is what was asked for. */
export function areaSection(report: Report): (RichTextSection | RichTextPreformatted)[] {
  const toRun = areaCommand(report);
  return [
    ...(toRun === undefined ? [] : [preformatted(toRun)]),
    ...areaLines(report).flatMap(({ label, text }) => labelled(label, sentence(text, own.waiting))),
  ];
}
