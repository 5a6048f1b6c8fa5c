import type {
  ActionsBlock,
  ActionsBlockElement,
  Button,
  ContextBlock,
  PlainTextElement,
  PlainTextOption,
  RawTextElement,
  RichTextBlock,
  SectionBlock,
  StaticSelect,
  TableBlock,
} from '@slack/types';
import { clamp, clampMarkup, oneLine } from './escape.ts';
import { slack } from './limits.ts';
import { type Leaf, line } from './rich.ts';

/** `emoji: false`, since a plain text turns `:name:` into an emoji otherwise. */
export function plainText(text: string, max: number): PlainTextElement {
  return { type: 'plain_text', text: oneLine(text, max) || '–', emoji: false };
}

/** mrkdwn of our own making; foreign parts went through `mrkdwn` or `code`. `verbatim` stops automatic links. */
export function section(text: string): SectionBlock {
  return {
    type: 'section',
    text: { type: 'mrkdwn', text: clampMarkup(text, slack.textObject) || '–', verbatim: true },
  };
}

/** One muted line, or none: a context block for a text of our own making. */
export function context(text: string): ContextBlock[] {
  if (text === '') return [];
  return [
    {
      type: 'context',
      elements: [{ type: 'mrkdwn', text: clampMarkup(text, slack.textObject), verbatim: true }],
    },
  ];
}

export function actions(elements: readonly ActionsBlockElement[]): ActionsBlock[] {
  if (elements.length === 0) return [];
  return [{ type: 'actions', elements: elements.slice(0, slack.actionElements) }];
}

export interface ButtonSpec {
  label: string;
  action: string;
  value: string;
  style?: 'primary' | 'danger';
  /** What a screen reader says instead of the label. */
  spoken?: string;
}

export function button({ label, action, value, style, spoken }: ButtonSpec): Button {
  return {
    type: 'button',
    text: plainText(label, slack.buttonText),
    action_id: action,
    value,
    ...(style === undefined ? {} : { style }),
    ...(spoken === undefined ? {} : { accessibility_label: oneLine(spoken, slack.accessibilityLabel) }),
  };
}

export function option(label: string, value: string, description?: string): PlainTextOption {
  return {
    text: plainText(label, slack.optionText),
    value: clamp(value, slack.optionValue),
    ...(description === undefined ? {} : { description: plainText(description, slack.optionDescription) }),
  };
}

export function select(
  action: string,
  placeholder: string,
  options: readonly PlainTextOption[],
): StaticSelect {
  return {
    type: 'static_select',
    action_id: action,
    placeholder: plainText(placeholder, slack.placeholder),
    options: options.slice(0, slack.options),
  };
}

export type Cell = RawTextElement | RichTextBlock;

/** A literal cell; Slack refuses an empty one, so that nothing is a dash. */
export function cell(text: string, max: number): RawTextElement {
  return { type: 'raw_text', text: oneLine(text, max) || '–' };
}

/** A cell of leaves, for what a literal cell cannot hold, such as a time in the reader's zone. */
export function richCell(leaves: readonly Leaf[]): RichTextBlock {
  return { type: 'rich_text', elements: [line(leaves)] };
}

export interface Column {
  title: string;
  align?: 'right';
  wrapped?: true;
}

export function table(columns: readonly Column[], rows: readonly (readonly Cell[])[]): TableBlock {
  return {
    type: 'table',
    column_settings: columns.map(({ align, wrapped }) => ({
      align: align ?? 'left',
      is_wrapped: wrapped ?? false,
    })),
    rows: [columns.map(({ title }) => cell(title, slack.optionText)), ...rows.map((row) => [...row])],
  };
}
