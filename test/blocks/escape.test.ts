import { describe, expect, test } from 'vitest';
import { clamp, code, mrkdwn, mrkdwnPiece, oneLine, plain, size } from '#blocks/escape.ts';
import { fc } from '#test/property.ts';
import { hostile } from './hostile.ts';
import { brokenPieces, foreignSequences } from './shapes.ts';

describe('plain', () => {
  test.each([
    ['colours', '\u001b[31mred\u001b[0m text', 'red text'],
    ['a terminal link', '\u001b]8;;http://x.test\u0007label\u001b]8;;\u0007', 'label'],
    ['control characters', 'a\u0000b\u0008c', 'abc'],
    ['reordering', 'user\u202egnp.exe', 'usergnp.exe'],
    ['invisible characters', 'zero\u200bwidth\ufeff', 'zerowidth'],
    ['half a surrogate pair', 'a\ud83d', 'a\ufffd'],
    ['line ends of other systems', 'a\r\nb\rc', 'a\nb\nc'],
  ])('removes %s', (_, given, expected) => {
    expect(plain(given)).toBe(expected);
  });

  test('keeps emoji that are spelled with joiners', () => {
    expect(plain('👩‍🚒')).toBe('👩‍🚒');
  });
});

describe('clamp', () => {
  test.each([
    ['abc', 3, 'abc'],
    ['abcd', 3, 'ab…'],
    ['🔴🔴🔴', 3, '🔴🔴🔴'],
    ['🔴🔴🔴', 2, '🔴…'],
  ])('of %s to %i is %s', (given, max, expected) => {
    expect(clamp(given, max)).toBe(expected);
  });
});

describe('mrkdwn', () => {
  test.each([
    ['a mention', '<!channel> <@U1>', '&lt;!channel&gt; &lt;@U1&gt;'],
    ['an entity', '&lt;!here&gt;', '&amp;lt;!here&amp;gt;'],
    ['formatting', '*bold* ~gone~ `code`', "∗bold∗ ∼gone∼ 'code'"],
    ['emphasis', '_all_ of it', 'ˍallˍ of it'],
    ['an emoji', 'exit :boom: now', 'exit ∶boom: now'],
    ['an address', 'see https://evil.test', 'see https:∕∕evil.test'],
    ['line breaks', 'one\n> two', 'one &gt; two'],
  ])('takes the effect from %s', (_, given, expected) => {
    expect(mrkdwn(given)).toBe(expected);
  });

  test('keeps underscores within names', () => {
    expect(mrkdwn('my_api_v2 failed')).toBe('my_api_v2 failed');
  });

  test('cuts between entities', () => {
    expect(mrkdwn('<<<<', 10)).toBe('&lt;&lt;…');
  });

  test('acts on nothing and stays within its length, whatever it is given', () => {
    fc.assert(
      fc.property(hostile, fc.integer({ min: 1, max: 60 }), (text, max) => {
        const shown = mrkdwn(text, max);
        expect(size(shown)).toBeLessThanOrEqual(max);
        expect(foreignSequences(shown)).toEqual([]);
        expect(brokenPieces(shown)).toEqual([]);
        expect(shown).not.toMatch(/[*~`\n]|:\/\//);
      }),
    );
  });
});

describe('code', () => {
  test('cannot be ended from within', () => {
    expect(code('a`b <c>')).toBe("`a'b &lt;c&gt;`");
  });

  test('is one span of its length, whatever it is given', () => {
    fc.assert(
      fc.property(hostile, fc.integer({ min: 4, max: 60 }), (text, max) => {
        const shown = code(text, max);
        expect(size(shown)).toBeLessThanOrEqual(max);
        expect(shown === '' || /^`[^`\n]+`$/.test(shown)).toBe(true);
        expect(foreignSequences(shown)).toEqual([]);
      }),
    );
  });
});

test('a piece keeps its spaces', () => {
  expect(mrkdwnPiece(' a * b ')).toBe(' a ∗ b ');
});

test('one line is one line, whatever it is given', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      expect(oneLine(text)).not.toMatch(/[\n\r\t\u2028\u2029]/);
    }),
  );
});
