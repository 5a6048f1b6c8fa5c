import type { RichTextSection } from '@slack/types';
import type { Report } from '#diagnostics/report.ts';
import { own } from './limits.ts';
import { labelled, sentence } from './rich.ts';

/** What decides how the deployment goes on, a line each: breaker, stage, room, old tasks, alarms, time. */
export function deploymentSection({ command, details }: Report): RichTextSection[] {
  // Other commands look at the deployment on the way; their answer is about something else.
  if (command !== 'deployment') return [];
  return (details.deployment?.says ?? [])
    .slice(0, own.says)
    .flatMap(({ about, text }) => labelled(about, sentence(text, own.evidence)));
}
