import type { RichTextSection } from '@slack/types';
import type { Details } from '#diagnostics/report.ts';
import { waitingLines } from '#diagnostics/waiting-words.ts';
import { own } from './limits.ts';
import { labelled, sentence } from './rich.ts';

/** Where pending tasks stand, and what has room for them. */
export function waitingSection(details: Details): RichTextSection[] {
  return waitingLines(details).flatMap(({ label, text }) => labelled(label, sentence(text, own.waiting)));
}
