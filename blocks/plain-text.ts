import type { RichTextBlock, RichTextElement, TextObject } from '@slack/types';
import type { Cell } from './elements.ts';
import { mrkdwnPiece, plain, size, within } from './escape.ts';
import { slack } from './limits.ts';
import type { AnyBlock, Message } from './message.ts';

/** A stretch of text; `fenced` lines are log lines, of which the oldest may be cut. */
interface Piece {
  fenced: boolean;
  lines: string[];
}

const fence = '```';
const cutNote = '(cut for length)';

/**
 * A message as one text, for when Slack refuses its blocks. Buttons are lost, so nothing refers to them. At most
 * 4,000 code points: log lines go first, the oldest first, then whatever comes last.
 */
export function plainText(message: Message): string {
  const pieces = message.blocks.flatMap(blockPieces);
  let over = size(print(pieces)) - slack.messageText;
  if (pieces.length === 0) return message.text;
  if (over <= 0) return print(pieces);
  over += size(cutNote) + 1;
  for (const { lines } of pieces.filter(({ fenced }) => fenced)) {
    while (over > 0 && lines.length > 1) over -= size(lines.shift() ?? '') + 1;
  }
  while (over > 0 && pieces.length > 1) over -= size(print(pieces.splice(-1))) + 1;
  return over > 0 ? message.text : `${print(pieces)}\n${cutNote}`;
}

function print(pieces: readonly Piece[]): string {
  return pieces
    .map(({ fenced, lines }) => (fenced ? `${fence}\n${lines.join('\n')}\n${fence}` : lines.join('\n')))
    .join('\n');
}

function said(...lines: string[]): Piece[] {
  const full = lines.filter((line) => line !== '');
  return full.length === 0 ? [] : [{ fenced: false, lines: full }];
}

function blockPieces(block: AnyBlock): Piece[] {
  switch (block.type) {
    case 'rich_text':
      return richPieces(block);
    case 'table':
      return said(...block.rows.map((row) => row.map((cell) => cellText(cell as Cell)).join(' · ')));
    case 'section':
      return said(
        ...[block.text, ...(block.fields ?? [])].map((text) => (text === undefined ? '' : textOf(text))),
      );
    case 'header':
      return said(textOf(block.text));
    case 'context':
      return said(block.elements.map((element) => ('text' in element ? textOf(element) : '')).join(' '));
    default:
      return [];
  }
}

function textOf(text: TextObject): string {
  return text.type === 'mrkdwn' ? text.text : mrkdwnPiece(text.text);
}

function cellText(cell: Cell): string {
  return cell.type === 'raw_text'
    ? mrkdwnPiece(cell.text)
    : richPieces(cell)
        .flatMap(({ lines }) => lines)
        .join(' ');
}

function richPieces(block: RichTextBlock): Piece[] {
  return block.elements.flatMap((element): Piece[] => {
    if (element.type === 'rich_text_preformatted') {
      return [{ fenced: true, lines: fencedLines(element.elements.map(({ text }) => text ?? '').join('')) }];
    }
    if (element.type === 'rich_text_list') {
      return said(...element.elements.map((item) => `• ${leavesText(item.elements)}`));
    }
    return said(leavesText(element.elements));
  });
}

/** Within a fence only entities and the fence itself act. */
function fencedLines(text: string): string[] {
  return plain(text)
    .replaceAll('`', "'")
    .split('\n')
    .map((line) => within(line, slack.textObject));
}

function leavesText(leaves: readonly RichTextElement[]): string {
  return leaves
    .map((leaf) => {
      if (leaf.type === 'text') return mrkdwnPiece(leaf.text);
      if (leaf.type === 'date')
        return `<!date^${leaf.timestamp}^${leaf.format}|${leaf.fallback ?? 'unknown time'}>`;
      if (leaf.type === 'emoji') return String.fromCodePoint(Number.parseInt(leaf.unicode ?? '2022', 16));
      return '';
    })
    .join('');
}
