import type { ContextBlock, RichTextBlock } from '@slack/types';
import type { Details } from '#diagnostics/report.ts';
import { context } from './elements.ts';
import { own } from './limits.ts';
import { line, literal, rich, sentence, when } from './rich.ts';
import { plural } from './words.ts';

type Events = NonNullable<Details['events']>;

/** Service events, newest first as given, repeats counted. */
export function eventsList(events: Events, most: number): (RichTextBlock | ContextBlock)[] {
  const shown = events.slice(0, most);
  const items = shown.map(({ at, message, count }) =>
    line([
      ...when(at, '{time}'),
      ...literal(at === undefined ? '' : '  '),
      ...sentence(message, own.eventText),
      ...literal(count > 1 ? ` · ${count} times` : ''),
    ]),
  );
  const list = items.length === 0 ? [] : rich([{ type: 'rich_text_list', style: 'bullet', elements: items }]);
  const hidden = events.length - shown.length;
  return [...list, ...context(hidden > 0 ? `${plural(hidden, 'earlier event')} not shown` : '')];
}
