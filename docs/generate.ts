import { readFile, writeFile } from 'node:fs/promises';
import { pages } from './pages.ts';

/**
 * Writes the pages of `docs/` and `deploy/` that say what the code says. With `--check` nothing is written, and the exit status is
 * 1 when a page on disk differs.
 */
async function generate(check: boolean): Promise<number> {
  const stale: string[] = [];
  for (const [name, text] of pages()) {
    const file = new URL(`../${name}`, import.meta.url);
    if ((await readFile(file, 'utf8').catch(() => undefined)) === text) continue;
    stale.push(name);
    if (!check) await writeFile(file, text);
  }
  const names = stale.join(', ');
  if (stale.length === 0) process.stdout.write('The pages in docs/ and deploy/ say what the code says.\n');
  else if (check) process.stdout.write(`Out of date: ${names}. Run npm run docs.\n`);
  else process.stdout.write(`Written: ${names}.\n`);
  return check && stale.length > 0 ? 1 : 0;
}

process.exitCode = await generate(process.argv.includes('--check'));
