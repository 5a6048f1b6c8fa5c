import { stripVTControlCharacters } from 'node:util';

/**
 * Text from AWS, from logs and from people, made harmless. Where it goes decides what it needs:
 * - rich_text leaves, raw_text and plain_text are literal: `plain` or `oneLine`
 * - mrkdwn and the top-level `text` are parsed: `mrkdwn`, or `code` for names that somebody may want to copy
 */

const ellipsis = '…';

/** Length in Unicode code points, which is what Slack counts. */
export function size(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** Cuts to `max` code points, the last one being an ellipsis where something was cut. */
export function clamp(text: string, max: number): string {
  if (text.length <= max) return text;
  const points = Array.from(text);
  if (points.length <= max) return text;
  return `${points
    .slice(0, Math.max(0, max - 1))
    .join('')
    .trimEnd()}${ellipsis}`;
}

/**
 * Removes what can hide or reorder text: ANSI codes, control characters (line breaks and tabs stay), bidirectional
 * and other invisible format characters. The two joiners stay: scripts and emoji are spelled with them.
 */
export function plain(text: string): string {
  return stripVTControlCharacters(text.toWellFormed())
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/(?![\n\t])\p{Cc}|(?![\u200c\u200d])\p{Cf}/gu, '');
}

/** `plain`, on one line, at most `max` code points. */
export function oneLine(text: string, max = Number.POSITIVE_INFINITY): string {
  return clamp(plain(text).replace(/\s+/g, ' ').trim(), max);
}

/** Slack's three entities. Enough to stop mentions, channel links, date tokens and `<url|label>`. */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/**
 * Untrusted text for mrkdwn and for `text`. Slack has no escape for `* _ ~ \`` and `:emoji:` and links bare
 * addresses, so characters that would act are replaced by ones that look alike. Underscores inside words never act
 * and stay, since names are full of them.
 */
export function mrkdwn(text: string, max = Number.POSITIVE_INFINITY): string {
  const quiet = oneLine(text)
    .replaceAll('*', '∗')
    .replaceAll('~', '∼')
    .replaceAll('`', "'")
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, 'ˍ')
    .replace(/:\/\//g, ':∕∕')
    .replace(/:(?=[\p{L}\p{N}_+'-]+:)/gu, '∶');
  return within(quiet, max);
}

/** Untrusted text in code style for mrkdwn: literal but for backticks, which would end it. */
export function code(text: string, max = Number.POSITIVE_INFINITY): string {
  const line = oneLine(text).replaceAll('`', "'");
  return line === '' ? '' : `\`${within(line, max - 2)}\``;
}

/** Escapes and cuts so that the escaped form has at most `max` code points and ends between entities. */
function within(text: string, max: number): string {
  const whole = escapeText(text);
  if (size(whole) <= max) return whole;
  let kept = '';
  let used = 1;
  for (const point of text) {
    const piece = escapeText(point);
    used += size(piece);
    if (used > max) break;
    kept += piece;
  }
  return `${kept}${ellipsis}`;
}
