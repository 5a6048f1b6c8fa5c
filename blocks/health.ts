import type { RichTextSection } from '@slack/types';
import { healthLines } from '#diagnostics/health-words.ts';
import type { Report } from '#diagnostics/report.ts';
import { own } from './limits.ts';
import { labelled, sentence } from './rich.ts';

/** Targets, container checks and their arithmetic; other commands look at them on the way and show the finding alone. */
export function healthSection({ command, verdict, details }: Report): RichTextSection[] {
  if (command !== 'health' || !details.health) return [];
  const lines = healthLines(details.health);
  // The headline of a healthy answer is the line of its targets.
  const shown = verdict.state === 'healthy' ? lines.filter(({ label }) => label !== 'Targets') : lines;
  return shown.flatMap(({ label, text }) => labelled(label, sentence(text, own.waiting)));
}
