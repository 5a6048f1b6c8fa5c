import { describe, expect, it } from 'vitest';
import { formatJson } from '../../docs/json.ts';

describe('formatJson', () => {
  it.each([
    ['a short list in one line', { a: ['x', 'y'] }, '{\n  "a": ["x", "y"]\n}\n'],
    ['an empty list', { a: [] }, '{\n  "a": []\n}\n'],
    ['a list of objects one a line', { a: [{ b: 1 }] }, '{\n  "a": [\n    {\n      "b": 1\n    }\n  ]\n}\n'],
    [
      'a list that is wider than a line spread out',
      { a: ['x'.repeat(60), 'y'.repeat(60)] },
      `{\n  "a": [\n    "${'x'.repeat(60)}",\n    "${'y'.repeat(60)}"\n  ]\n}\n`,
    ],
  ])('writes %s', (_, value, text) => {
    expect(formatJson(value)).toBe(text);
  });
});
