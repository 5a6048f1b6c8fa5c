import { mrkdwn } from './escape.ts';
import { own } from './limits.ts';
import type { Message } from './message.ts';
import { line, literal, rich, sentence } from './rich.ts';

/** The message that appears at once, and becomes the answer. `title` is what is being done: `Looking at api`. */
export function progressMessage({ title }: { title: string }): Message {
  return {
    text: `⏳ ${mrkdwn(title, own.headline)} …`,
    blocks: rich([
      line([
        { type: 'emoji', name: 'hourglass_flowing_sand', unicode: '23f3' },
        ...literal(' '),
        ...sentence(title, own.headline, 'bold'),
        ...literal(' …'),
      ]),
    ]),
  };
}
