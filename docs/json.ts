/** The line width that the repository's formatter keeps to. */
const width = 110;

/** JSON as the repository's formatter leaves it: lists of plain values in one line where they fit. */
export function formatJson(value: unknown): string {
  const spread = JSON.stringify(value, null, 2);
  const lists = /^(?<head>.*)\[\n(?<items>[^[\]{}]*)\n *\](?<tail>,?)$/gm;
  const text = spread.replace(lists, (whole, head: string, items: string, tail: string) => {
    const line = `${head}[${items.trim().replace(/\n\s*/g, ' ')}]${tail}`;
    return line.length <= width ? line : whole;
  });
  return `${text}\n`;
}
