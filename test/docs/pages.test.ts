import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { lookupActions } from '#diagnostics/doctor.ts';
import { explainReport } from '#diagnostics/explain-report.ts';
import { pages } from '../../docs/pages.ts';

const root = new URL('../../', import.meta.url);

describe('the generated pages', () => {
  it.each([...pages()])('docs/%s says what the code says; npm run docs writes it', async (name, text) => {
    expect(await readFile(new URL(`docs/${name}`, root), 'utf8')).toBe(text);
  });
});

describe('docs/policy.json', () => {
  const policy = JSON.parse(pages().get('policy.json') ?? '') as { Statement: { Action: string[] }[] };
  const allowed = policy.Statement.flatMap(({ Action }) => Action);

  it('allows what the facts declare and what finding a service by a part of its name takes', async () => {
    const needed = new Set([...(await declaredActions()), ...lookupActions]);
    expect([...needed].sort()).toEqual(allowed);
  });

  it('allows nothing but reading', () => {
    expect(allowed.filter((action) => !/^[a-z0-9-]+:(Describe|List|Get|Filter)[A-Z]/.test(action))).toEqual(
      [],
    );
  });
});

describe('docs/report.schema.json', () => {
  const schema = z.fromJSONSchema(JSON.parse(pages().get('report.schema.json') ?? ''));

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

/** The actions of all facts, read from the folder itself, so that a fact no check names yet is not forgotten. */
async function declaredActions(): Promise<string[]> {
  const folder = new URL('diagnostics/facts/', root);
  const modules = await Promise.all(
    (await readdir(folder)).map((name) => import(new URL(name, folder).href) as Promise<object>),
  );
  const actions = modules.flatMap((module) => Object.values(module)).flatMap(actionsOf);
  return actions;
}

function actionsOf(exported: unknown): string[] {
  const parsed = z.object({ id: z.string(), actions: z.array(z.string()) }).safeParse(exported);
  return parsed.success ? parsed.data.actions : [];
}
