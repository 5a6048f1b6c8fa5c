/**
 * The words of Slack's blocks and attachments, in reading order: what a message shortcut reads, and the file that
 * goes with a message that Slack refuses.
 */

/** Keys that hold words or links, in the order in which a reader meets them. */
const wordKeys = [
  'pretext',
  'author_name',
  'title',
  'title_link',
  'text',
  'label',
  'fields',
  'elements',
  'rows',
  'accessory',
  'value_text',
  'blocks',
  'attachments',
  'message_blocks',
  'footer',
  'image_url',
  'fallback',
] as const;

/** The words of any piece of Block Kit or of attachments, a block or field a line. */
export function wordsOf(content: unknown): string {
  return lines(content)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n');
}

function lines(content: unknown): string[] {
  if (typeof content === 'string') return [content];
  if (Array.isArray(content)) return content.flatMap(lines);
  if (!isRecord(content)) return [];
  switch (content.type) {
    case 'rich_text_section':
    case 'rich_text_quote':
    case 'rich_text_preformatted':
      return [leaves(content.elements)];
    case 'table':
      return Array.isArray(content.rows) ? content.rows.map(row) : [];
    case 'actions':
      return buttonLinks(content.elements);
    case 'context':
      return [array(content.elements).flatMap(lines).join(' ')];
    default:
      return isField(content) ? [`${content.title}: ${content.value}`] : words(content);
  }
}

function words(content: Record<string, unknown>): string[] {
  const { fallback, ...rest } = content;
  const found = wordKeys.flatMap((key) => lines(rest[key]));
  return found.length === 0 && fallback !== undefined ? lines(fallback) : found;
}

/** A field of an attachment, as CloudWatch notifiers use them. */
function isField(content: Record<string, unknown>): content is { title: string; value: string } {
  return typeof content.title === 'string' && typeof content.value === 'string';
}

function leaves(elements: unknown): string {
  return array(elements)
    .map((leaf) => {
      if (!isRecord(leaf)) return '';
      if (leaf.type === 'link') return [leaf.text, leaf.url].filter(isText).join(' ');
      if (leaf.type === 'date') return isText(leaf.fallback) ? leaf.fallback : '';
      return isText(leaf.text) ? leaf.text : '';
    })
    .join('');
}

function row(cells: unknown): string {
  return array(cells)
    .map((cell) => lines(cell).join(' '))
    .join(' | ');
}

/** Buttons are of no use in words; where they lead to may name the thing. */
function buttonLinks(elements: unknown): string[] {
  return array(elements).flatMap((element) =>
    isRecord(element) && isText(element.url) ? [element.url] : [],
  );
}

function array(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
