import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';

// Biome holds which folder may import which; it cannot tell a type from a value of the same package.
it('judgements import nothing of the AWS SDK but types', async () => {
  const folders = ['checks', 'rules', 'signatures', 'causes'].map((name) => path.join('diagnostics', name));
  const files = (
    await Promise.all(folders.map((folder) => readdir(folder, { recursive: true, withFileTypes: true })))
  ).flat();
  const sources = files.filter((file) => file.name.endsWith('.ts'));
  expect(sources.length).toBeGreaterThan(20);
  for (const { parentPath, name } of sources) {
    const text = await readFile(path.join(parentPath, name), 'utf8');
    expect(text, name).not.toMatch(/^import (?!type )[^;]*'@(?:aws-sdk|smithy)\//m);
  }
});
