import { describe, expect, it } from 'vitest';
import { insightsConsole } from '#diagnostics/insights/console.ts';
import { bytesWords, costOf, costWords } from '#diagnostics/insights/cost.ts';
import { library, queryNamed } from '#diagnostics/insights/library.ts';
import { binOf, widerThan, windowOf } from '#diagnostics/insights/window.ts';

const now = new Date('2026-11-24T14:41:07.318Z');
const minutes = (count: number) => new Date(now.getTime() - count * 60_000);

describe('the window', () => {
  it.each([
    ['what was asked for', windowOf(now, minutes(60), minutes(9)), 60, 0],
    ['around a failure', windowOf(now, undefined, minutes(30)), 40, 25],
    ['never in the future', windowOf(now, undefined, minutes(1)), 15, 0],
    ['the last quarter of an hour', windowOf(now, undefined, undefined), 15, 0],
  ])('is %s', (_name, window, from, to) => {
    expect(window).toMatchObject({ from: minutes(from), to: minutes(to) });
  });

  it.each([15, 60, 240, 1440, 10_080])('of %i minutes has at most twenty points', (length) => {
    expect(length / binOf({ from: minutes(length), to: now })).toBeLessThan(20);
  });

  it('is widened step by step, up to a day', () => {
    expect(widerThan(now, minutes(15))).toBe(60 * 60_000);
    expect(widerThan(now, minutes(60))).toBe(240 * 60_000);
    expect(widerThan(now, minutes(1440))).toBeUndefined();
  });
});

describe('the cost', () => {
  it('is by the region, and unknown where AWS bills in another currency', () => {
    expect(costOf(1024 ** 3, 'us-east-1')).toBe(0.005);
    expect(costOf(2 * 1024 ** 3, 'ap-northeast-1')).toBeCloseTo(0.0152);
    expect(costOf(1024 ** 3, 'eu-central-1')).toBe(0.0063);
    for (const region of ['cn-north-1', 'sa-east-1', 'eu-west-9']) expect(costOf(1, region)).toBeUndefined();
  });

  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [16_366, '16 KB'],
    [3_500_000, '3.3 MB'],
    [5 * 1024 ** 4, '5.0 TB'],
  ])('%i bytes are %s', (bytes, words) => {
    expect(bytesWords(bytes)).toBe(words);
  });

  it('is about so much, or less than can be said', () => {
    expect(costWords(0.0001)).toBe('less than $0.01');
    expect(costWords(1.234)).toBe('about $1.23');
  });
});

describe('the address in the console', () => {
  const asked = {
    region: 'us-east-1',
    groups: ['/ecs/api'],
    text: 'filter a like /b/ and ü',
    from: minutes(15),
    to: now,
  };

  it('holds the query so that nothing of it acts', () => {
    const address = insightsConsole(asked) ?? '';
    expect(address).toMatch(
      /^https:\/\/us-east-1\.console\.aws\.amazon\.com\/cloudwatch\/home\?region=us-east-1#/,
    );
    expect(address).not.toMatch(/[\s<>"'|()]/);
    expect(address).toContain('filter*20a*20like*20*2fb*2f*20and*20*fc');
  });

  it('is left out where it would be none', () => {
    expect(insightsConsole({ ...asked, region: 'moon-1' })).toBeUndefined();
    expect(insightsConsole({ ...asked, text: 'x'.repeat(3_000) })).toBeUndefined();
  });
});

describe('the library', () => {
  it('has a name, a label and a question of its own for each query', () => {
    for (const key of ['name', 'label', 'question'] as const)
      expect(new Set(library.map((query) => query[key])).size).toBe(library.length);
  });

  it('reads a name that it does not know as the first', () => {
    expect(queryNamed('gone')).toBe(library[0]);
  });
});
