/**
 * Terminal sequences (ECMA-48): operating system commands, control sequences, and short escapes. Node's own
 * stripVTControlCharacters takes quadratic time on a log line that opens many of them.
 */
const sequences = new RegExp(
  [
    String.raw`\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?`,
    String.raw`(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?`,
    String.raw`\x1b[ -/]*[0-~]?`,
  ].join('|'),
  'g',
);

/** A text without the sequences that colour a terminal or move its cursor. */
export function withoutSequences(text: string): string {
  return text.includes('\u001b') || text.includes('\u009b') ? text.replace(sequences, '') : text;
}

/** As `withoutSequences`, and without other control characters; line ends and tabs stay. */
export function withoutControls(text: string): string {
  return withoutSequences(text.toWellFormed()).replace(/(?![\n\r\t])\p{Cc}/gu, '');
}

/**
 * As `withoutControls`, and what JSON writes by escapes without need (`\/`, `\u0041`) as it is, also in a record
 * within a record: whoever reads the JSON bares an address or a key that no rule would have found in it.
 */
export function asSearched(text: string): string {
  const clean = withoutControls(text);
  if (!clean.includes('\\') || !clean.includes('"')) return clean;
  return clean.replace(/\\{1,15}\//g, '/').replace(/\\{1,15}u00([2-7][\da-f])/gi, (whole, code: string) => {
    const character = String.fromCharCode(Number.parseInt(code, 16));
    return /["\\\x7f]/.test(character) ? whole : character;
  });
}

/**
 * The lines of one log event as a reader sees them: without terminal sequences, halves of characters made whole, and
 * of a line that overwrites itself (a progress bar) what was written last.
 */
export function linesOf(message: string): string[] {
  const text = withoutSequences(message.isWellFormed() ? message : message.toWellFormed());
  if (!text.includes('\n') && !text.includes('\r')) return [text];
  return text
    .replace(/[\r\n]+$/, '')
    .split('\n')
    .map((line) => {
      const end = line.endsWith('\r') ? line.slice(0, -1) : line;
      return end.slice(end.lastIndexOf('\r') + 1);
    });
}
