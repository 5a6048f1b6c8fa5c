/**
 * Text from AWS, from logs and from people, made harmless. Where it goes decides what it needs:
 * - rich_text leaves, raw_text and plain_text are literal: `plain` or `oneLine`
 * - mrkdwn and the top-level `text` are parsed: `mrkdwn`, or `code` for names that somebody may want to copy
 */

const ellipsis = '…';

/**
 * Terminal sequences (ECMA-48): operating system commands, control sequences, and short escapes. Node's own
 * stripVTControlCharacters takes quadratic time on a log line that opens many of them.
 */
const ansi = new RegExp(
  [
    String.raw`\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?`,
    String.raw`(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?`,
    String.raw`\x1b[ -/]*[0-~]?`,
  ].join('|'),
  'g',
);

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
  return text
    .toWellFormed()
    .replace(ansi, '')
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/(?![\n\t])\p{Cc}|(?![\u200c\u200d])\p{Cf}/gu, '');
}

/** `plain`, on one line, at most `max` code points. */
export function oneLine(text: string, max = Number.POSITIVE_INFINITY): string {
  // A log line may have a megabyte: what cannot be shown is not cleaned. Invisible characters get some room.
  const enough = max * 4 + 1_000;
  const head = text.length > enough ? `${text.slice(0, enough)}${ellipsis}` : text;
  return clamp(plain(head).replace(/\s+/g, ' ').trim(), max);
}

/** Slack's three entities. Enough to stop mentions, channel links, date tokens and `<url|label>`. */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/**
 * Untrusted text for mrkdwn and for `text`, on one line. Slack has no escape for `* _ ~ \`` and `:emoji:` and links
 * bare addresses, so characters that would act are replaced by ones that look alike. Underscores inside words never
 * act and stay, since names are full of them.
 */
export function mrkdwn(text: string, max = Number.POSITIVE_INFINITY): string {
  return within(inert(oneLine(text, max)), max);
}

/** `mrkdwn` for a piece of a line: its spaces stay. */
export function mrkdwnPiece(text: string): string {
  return escapeText(inert(plain(text)));
}

function inert(text: string): string {
  return text
    .replaceAll('*', '∗')
    .replaceAll('~', '∼')
    .replaceAll('`', "'")
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, 'ˍ')
    .replace(/:\/\//g, ':∕∕')
    .replace(/:(?=[\p{L}\p{N}_+'-]+:)/gu, '∶');
}

/** Untrusted text in code style for mrkdwn: literal but for backticks, which would end it. */
export function code(text: string, max = Number.POSITIVE_INFINITY): string {
  const line = oneLine(text, max).replaceAll('`', "'");
  return line === '' ? '' : `\`${within(line, max - 2)}\``;
}

/** Cuts our own mrkdwn to `max` code points, never within an entity or a `<…>` token. */
export function clampMarkup(text: string, max: number): string {
  const cut = clamp(text, max);
  return cut === text ? text : cut.replace(/(?:&[a-z]{0,3}|<[^>]*)…$/, ellipsis);
}

/** Escapes and cuts so that the escaped form has at most `max` code points and ends between entities. */
export function within(text: string, max: number): string {
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
