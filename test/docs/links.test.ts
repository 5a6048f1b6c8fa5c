import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };

const root = new URL('../../', import.meta.url);

async function documents(): Promise<string[]> {
  const pages = (await readdir(new URL('docs/', root))).filter((name) => name.endsWith('.md'));
  return ['README.md', 'CONTRIBUTING.md', 'bench/README.md', ...pages.map((name) => `docs/${name}`)];
}

function read(name: string): Promise<string> {
  return readFile(new URL(name, root), 'utf8');
}

/** The anchors that GitHub gives the headings of a page. */
function anchors(page: string): Set<string> {
  const headings = withoutCode(page).matchAll(/^#{1,6} (.+)$/gm);
  return new Set(
    [...headings].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replace(/[^\w\s-]/g, '')
        .replaceAll(' ', '-'),
    ),
  );
}

function withoutCode(page: string): string {
  return page.replace(/^(`{3,})[\s\S]*?^\1$/gm, '');
}

/** Where a link leads nowhere; undefined when it leads somewhere. */
async function broken(from: string, link: string): Promise<string | undefined> {
  if (/^https:/.test(link)) return undefined;
  const [path, anchor] = link.split('#');
  const target = path ? new URL(path, new URL(from, root)) : new URL(from, root);
  const text = await readFile(target, 'utf8').catch((error: NodeJS.ErrnoException) =>
    error.code === 'EISDIR' ? '' : undefined,
  );
  if (text === undefined) return `${from}: ${link}`;
  return anchor === undefined || anchors(text).has(anchor) ? undefined : `${from}: ${link}`;
}

describe('the documents', () => {
  it('link only to files and headings that exist', async () => {
    const names = await documents();
    const found = await Promise.all(
      names.map(async (name) => {
        const links = withoutCode(await read(name)).matchAll(/\]\(([^)\s]+)\)|(?:src|srcset)="([^"]+)"/g);
        return Promise.all([...links].map(([, link, source]) => broken(name, link ?? source ?? '')));
      }),
    );
    expect(found.flat().filter((link) => link !== undefined)).toEqual([]);
  });

  it('name only npm scripts that exist', async () => {
    const texts = await Promise.all((await documents()).map(read));
    const named = texts.flatMap((text) =>
      [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name ?? ''),
    );
    expect(named.filter((name) => !(name in packageJson.scripts))).toEqual([]);
    expect(named).toContain('demo');
  });
});
