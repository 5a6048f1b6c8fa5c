/** Text that stands in Markdown as itself: generated pages carry AWS's own words, which may look like markup. */
export function text(plain: string): string {
  return plain.replace(/[\\`*_[\]<>]/g, '\\$&').replace(/\s*\n\s*/g, ' ');
}

/** Code within a line; longer backticks around text that holds some. */
export function code(plain: string): string {
  const line = plain.replace(/\s*\n\s*/g, ' ');
  if (!line.includes('`')) return `\`${line}\``;
  return `\`\` ${line} \`\``;
}

/** A block of code. */
export function fence(language: string, plain: string): string {
  const mark = plain.includes('```') ? '````' : '```';
  return `${mark}${language}\n${plain}\n${mark}`;
}

/** A table; its cells are Markdown already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** A page from its parts, with the line that sends editors to the code. */
export function page(title: string, source: string, parts: readonly string[]): string {
  const origin = `<!-- Written by \`npm run docs\` from ${source}; change it there. -->`;
  return `${[`# ${title}`, origin, ...parts].join('\n\n')}\n`;
}

/** The first letter in upper case; the rest, which may hold names, as it is. */
export function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
