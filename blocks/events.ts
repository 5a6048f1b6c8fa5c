import type { ContextBlock, RichTextBlock } from '@slack/types';
import type { Details } from '#diagnostics/report.ts';
import { context } from './elements.ts';
import { own } from './limits.ts';
import { line, literal, rich, sentence, when } from './rich.ts';
import { timeFormat } from './times.ts';
import { plural } from './words.ts';

type Events = NonNullable<Details['events']>;

/** Service events, newest first as given, repeats counted. Routine ones give way where not all can be shown. */
export function eventsList(events: Events, asOf: string, most: number): (RichTextBlock | ContextBlock)[] {
  const telling = events.filter(({ severity }) => severity !== 'info').slice(0, most);
  const routine = events.filter(({ severity }) => severity === 'info').slice(0, most - telling.length);
  const shown = events.filter((event) => telling.includes(event) || routine.includes(event));
  const items = shown.map(({ at, firstAt, message, count, severity }) =>
    line([
      ...when(at, timeFormat(at ?? asOf, asOf)),
      ...literal(at === undefined ? '' : '  '),
      ...sentence(message, own.eventText, marked(severity)),
      ...literal(count > 1 ? ` · ${count} times` : ''),
      ...(count > 1 && firstAt !== undefined
        ? [...literal(' since '), ...when(firstAt, timeFormat(firstAt, asOf))]
        : []),
    ]),
  );
  const list = items.length === 0 ? [] : rich([{ type: 'rich_text_list', style: 'bullet', elements: items }]);
  const hidden = events.length - shown.length;
  return [...list, ...context(hidden > 0 ? `${plural(hidden, 'other event')} not shown` : '')];
}

/** What is wrong stands out from what is routine. */
function marked(severity: Events[number]['severity']): 'bold' | undefined {
  return severity === 'error' || severity === 'warn' ? 'bold' : undefined;
}
