/** Only the beginning of a line tells what kind it is; what follows is data. */
const compared = 400;

/** Shorter runs of hexadecimal digits are taken for words and versions. */
const shortestHex = 6;
/** Shorter words with figures between letters are names, longer ones ids. */
const shortestId = 12;

/**
 * A line with what differs between two occurrences of it taken out, for comparing only: numbers, times, addresses and
 * ids. A word is an id where it is hexadecimal with a figure in it, or long with figures between its letters. One pass
 * by hand: the alternation that says the same as a pattern took a third of all reading.
 */
export function maskedLine(text: string): string {
  const end = Math.min(text.length, compared);
  let out = '';
  /** All before it is in `out`. */
  let done = 0;
  /** Where the last mask in `out` ended in the text; what follows closely may belong to it. */
  let masked = -1;
  let at = 0;
  while (at < end) {
    if (!isWord(text.charCodeAt(at))) {
      at += 1;
      continue;
    }
    const from = at;
    let figures = 0;
    let isHex = true;
    let turns = 0;
    let wasFigure = false;
    for (; at < end; at += 1) {
      const code = text.charCodeAt(at);
      if (!isWord(code)) break;
      const isFigure = code < 58;
      if (isFigure) figures += 1;
      else if ((code | 32) > 102) isHex = false;
      if (isFigure !== wasFigure) turns += 1;
      wasFigure = isFigure;
    }
    const length = at - from;
    const isJoined = masked !== -1 && from - masked <= 2 && joins(text, masked, from);
    if (figures === 0 && !(isHex && isJoined)) continue;
    const isWhole =
      figures === length ||
      (isHex && (length >= shortestHex || isJoined || text.charCodeAt(at) === colon)) ||
      (length >= shortestId && turns > 2);
    if (!isWhole) {
      out += text.slice(done, from) + text.slice(from, at).replace(numbers, '#');
      masked = -1;
    } else {
      // An address, a time and a number with its fraction are one thing.
      const isOne = isJoined && text.charCodeAt(masked) !== dash;
      if (!isOne) out += `${text.slice(done, from)}#`;
      masked = at;
    }
    done = at;
  }
  return done === 0 ? text.slice(0, end) : out + text.slice(done, end);
}

const numbers = /\d+/g;
const dash = 45;
const colon = 58;

/** Figures and the letters of ASCII. */
function isWord(code: number): boolean {
  return (code >= 48 && code <= 57) || ((code | 32) >= 97 && (code | 32) <= 122);
}

/** Whether only what ties parts of one address, time or id together lies between. */
function joins(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) {
    const code = text.charCodeAt(at);
    // . , : and -
    if (code !== 46 && code !== 44 && code !== 58 && code !== dash) return false;
  }
  return to > from;
}
