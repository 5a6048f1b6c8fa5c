import type {
  RichTextBlock,
  RichTextElement,
  RichTextPreformatted,
  RichTextSection,
  RichTextText,
} from '@slack/types';
import { clamp, oneLine, plain } from './escape.ts';
import { slack } from './limits.ts';
import { dateLeaf, isoTimes, type TimeFormat } from './times.ts';

/** Rich text is not parsed by Slack: whatever a leaf says is shown as it is. Most of what the bot says is said so. */

export type Leaf = RichTextElement;
type Style = 'bold' | 'code' | 'italic';

/** One literal leaf; nothing for an empty text, which Slack refuses. */
export function literal(text: string, style?: Style): Leaf[] {
  const shown = clamp(plain(text), slack.textObject);
  if (shown === '') return [];
  return [{ type: 'text', text: shown, ...(style === undefined ? {} : { style: { [style]: true } }) }];
}

/** A sentence of the report: ISO times in it are shown in the reader's own time zone. */
export function sentence(text: string, max: number, style?: Style): Leaf[] {
  const shown = oneLine(text, max);
  const leaves: Leaf[] = [];
  let from = 0;
  for (const found of isoTimes(shown)) {
    leaves.push(...literal(shown.slice(from, found.index), style), ...when(found.iso, '{time}'));
    from = found.index + found.length;
  }
  return [...leaves, ...literal(shown.slice(from), style)];
}

/** A time in the reader's zone; the text itself where it is no time, nothing where there is none. */
export function when(iso: string | undefined, format: TimeFormat): Leaf[] {
  if (iso === undefined) return [];
  const leaf = dateLeaf(iso, format);
  return leaf === undefined ? literal(iso) : [leaf];
}

/** Leaves side by side, with `between` where both sides say something. */
export function join(parts: readonly (readonly Leaf[])[], between: string): Leaf[] {
  const full = parts.filter((part) => part.length > 0);
  return full.flatMap((part, index) => (index === 0 ? [...part] : [...literal(between), ...part]));
}

/** One line: a bold label, then what it labels. Nothing where there is nothing to say. */
export function labelled(label: string, leaves: readonly Leaf[]): RichTextSection[] {
  if (leaves.length === 0) return [];
  return [line([...literal(label, 'bold'), ...literal('  '), ...leaves])];
}

export function line(leaves: readonly Leaf[]): RichTextSection {
  return { type: 'rich_text_section', elements: [...leaves] };
}

/** Text as it is, in a fixed width. Long text is spread over leaves, each within the limit of a text. */
export function preformatted(text: string): RichTextPreformatted {
  const points = Array.from(plain(text));
  const elements: RichTextText[] = [];
  for (let from = 0; from < points.length; from += slack.textObject) {
    elements.push({ type: 'text', text: points.slice(from, from + slack.textObject).join('') });
  }
  return {
    type: 'rich_text_preformatted',
    elements: elements.length > 0 ? elements : [{ type: 'text', text: '–' }],
  };
}

/** A block of rich text; none where there are no elements. */
export function rich(elements: RichTextBlock['elements']): RichTextBlock[] {
  return elements.length === 0 ? [] : [{ type: 'rich_text', elements }];
}
