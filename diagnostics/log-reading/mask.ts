/** Only the beginning of a line tells what kind it is; what follows is data. */
const compared = 400;

/**
 * What differs between two occurrences of the same line: times, addresses, ids, numbers. A word is an id where it is
 * a UUID, has six or more hexadecimal digits with a figure among them, or is long with figures in between.
 */
const differing = new RegExp(
  [
    '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}',
    String.raw`(?<![\w:])[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,8}(?![\w:])`,
    String.raw`(?<![A-Za-z\d])(?=[a-f]{0,40}\d)[0-9a-f]{6,}(?![A-Za-z\d])`,
    String.raw`(?<![A-Za-z\d])(?=[A-Za-z]{0,40}\d[A-Za-z]{1,40}\d)[A-Za-z\d]{12,}(?![A-Za-z\d])`,
    String.raw`\d+(?:[.,:]\d+)*`,
  ].join('|'),
  'gi',
);

const anyDigit = /\d/;

/** A line with what differs between its occurrences taken out, for comparing only. */
export function maskedLine(text: string): string {
  const start = text.length > compared ? text.slice(0, compared) : text;
  return anyDigit.test(start) ? start.replace(differing, '#') : start;
}
