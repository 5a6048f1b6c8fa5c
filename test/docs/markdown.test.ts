import { describe, expect, it } from 'vitest';
import { code, fence, table, text } from '../../docs/markdown.ts';

describe('generated Markdown', () => {
  it.each([
    ['text that looks like markup', text('<b> *a* [x](y) `c`'), '\\<b\\> \\*a\\* \\[x\\](y) \\`c\\`'],
    ['text of several lines', text('a\n  b'), 'a b'],
    ['code', code('aws ecs'), '`aws ecs`'],
    ['code with backticks', code('a `b`'), '`` a `b` ``'],
    ['a block of code', fence('sh', 'ls'), '```sh\nls\n```'],
    ['a block that holds a fence', fence('sh', '```'), '````sh\n```\n````'],
    ['a cell with a bar', table(['a'], [['b|c']]), '| a |\n| --- |\n| b\\|c |'],
  ])('keeps %s as it is', (_, written, expected) => {
    expect(written).toBe(expected);
  });
});
