import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { explainReport } from '#diagnostics/explain-report.ts';
import { pages } from '../../docs/pages.ts';

const root = new URL('../../', import.meta.url);

describe('the generated pages', () => {
  it.each([...pages()])('%s says what the code says; npm run docs writes it', async (name, text) => {
    expect(await readFile(new URL(name, root), 'utf8')).toBe(text);
  });
});

describe('docs/report.schema.json', () => {
  const schema = z.fromJSONSchema(JSON.parse(pages().get('docs/report.schema.json') ?? ''));

  it('accepts a report', async () => {
    const report = await explainReport({ text: 'OutOfMemoryError: container killed' }, new Date());
    expect(schema.safeParse(JSON.parse(JSON.stringify(report))).error).toBeUndefined();
  });

  it.each([
    ['of another version', { schema: 2 }],
    ['without a verdict', { verdict: undefined }],
    ['with a state that does not exist', { verdict: { state: 'fine' } }],
  ])('refuses one %s', async (_, change) => {
    const report = await explainReport({ text: 'OutOfMemoryError: container killed' }, new Date());
    expect(schema.safeParse(JSON.parse(JSON.stringify({ ...report, ...change }))).success).toBe(false);
  });
});
