import type { Message } from '#blocks/message.ts';

/** What Slack would act on or refuse, looked for in a payload without knowing how it was made. */

/** Every text that Slack parses: mrkdwn objects and the top-level `text`. */
export function parsedTexts(message: Message): string[] {
  return [
    message.text,
    ...objects(message.blocks).flatMap((item) => (item.type === 'mrkdwn' ? [String(item.text)] : [])),
  ];
}

/** Sequences that Slack would turn into a mention or link, our own date tokens apart. */
export function foreignSequences(text: string): string[] {
  const own = text.replace(/<!date\^\d+\^[^|<>]+\|[^|<>]+>/g, '');
  return own.match(/<[^>]*>?|>/g) ?? [];
}

/** Entities that were cut in the middle, and halves of surrogate pairs. */
export function brokenPieces(text: string): string[] {
  const broken = text.match(/&(?!(?:amp|lt|gt);)[^;]{0,5}/g) ?? [];
  return text.isWellFormed() ? broken : [...broken, 'lone surrogate'];
}

export function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(strings);
}

/** All objects of a payload, outermost first. */
export function objects(value: unknown): Record<string, unknown>[] {
  if (Array.isArray(value)) return value.flatMap(objects);
  if (typeof value !== 'object' || value === null) return [];
  const children = Object.values(value).flatMap(objects);
  return [{ ...value }, ...children];
}

/** What a reader sees: all strings of leaves and texts, in order. */
export function shownText(message: { blocks: readonly unknown[] }): string {
  return objects(message.blocks)
    .flatMap((item) => {
      if (item.type === 'date') return [String(item.fallback)];
      if (['text', 'mrkdwn', 'plain_text', 'raw_text'].includes(String(item.type)))
        return [String(item.text)];
      return [];
    })
    .join('');
}

export function labels(message: { blocks: readonly unknown[] }): string[] {
  return objects(message.blocks).flatMap((item) => {
    const text =
      item.type === 'button' ? item.text : item.type === 'static_select' ? item.placeholder : undefined;
    return typeof text === 'object' && text !== null && 'text' in text ? [String(text.text)] : [];
  });
}
