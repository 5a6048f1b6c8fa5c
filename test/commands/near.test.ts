import { describe, expect, it } from 'vitest';
import { matching, nearest } from '#commands/near.ts';

const names = ['api', 'api-worker', 'Billing', 'checkout', 'checkout-jobs', 'web'];

describe('a typed name stands for the best class of names and only for that', () => {
  it.each([
    ['api', ['api']],
    ['API', ['api']],
    ['billing', ['Billing']],
    ['check', ['checkout', 'checkout-jobs']],
    ['jobs', ['checkout-jobs']],
    ['chekout', ['checkout']],
    ['checkuot', ['checkout']],
    ['wbe', []],
    ['xyz', []],
  ])('%s', (typed, expected) => {
    expect(matching(typed, names)).toEqual(expected);
  });
});

it('suggests the nearest names, nearest first, and none that is far off', () => {
  expect(nearest('chekout', names)).toEqual(['checkout', 'checkout-jobs']);
  expect(nearest('zzzzzzzz', names)).toEqual([]);
  expect(nearest('thanks', ['status'])).toEqual([]);
});
