import type { Target } from '#diagnostics/report.ts';
import { context } from './elements.ts';
import { mrkdwn } from './escape.ts';
import { own } from './limits.ts';
import type { Message } from './message.ts';
import { line, literal, rich, sentence } from './rich.ts';
import { subject } from './words.ts';

export interface Progress {
  /** What is being done, such as `Why tasks stopped`. */
  title: string;
  /** Absent until the asker's words have been matched to something that exists. */
  target?: Target;
  /** What has been looked at so far, oldest first; the last one is going on. */
  steps?: readonly string[];
}

/** The message that appears at once, and becomes the answer. */
export function progressMessage({ title, target, steps = [] }: Progress): Message {
  const about = target === undefined ? '' : subject(target);
  const head = about === '' ? title : `${about}: ${title}`;
  const shown = steps.slice(-own.steps).map((step, index, all) => {
    const going = index === all.length - 1;
    return `${going ? '▸' : '✓'} ${mrkdwn(step, own.checkText)}${going ? ' …' : ''}`;
  });
  return {
    text: `⏳ ${mrkdwn(head, own.headline)} …`,
    blocks: [
      ...rich([
        line([
          { type: 'emoji', name: 'hourglass_flowing_sand', unicode: '23f3' },
          ...literal(' '),
          ...sentence(head, own.headline, 'bold'),
          ...literal(' …'),
        ]),
      ]),
      ...context(shown.join('\n')),
    ],
  };
}
