import { describe, expect, it } from 'vitest';
import type { AccessRight } from '#diagnostics/access-details.ts';
import { accessLines } from '#diagnostics/access-words.ts';

const right = (action: string, state: AccessRight['state'], thing = 'db'): AccessRight => ({
  action,
  resource: `arn:${thing}`,
  thing,
  usedBy: [],
  state,
  why: state === 'allowed' ? 'allowed by p' : 'no policy of the role allows it',
});

function lines(rights: AccessRight[], more: object = {}) {
  const role = {
    role: 'execution' as const,
    arn: 'arn:aws:iam::222222222222:role/x/api',
    state: 'ok' as const,
    rights,
    ...more,
  };
  return accessLines({ revision: 'api:1', current: true, roles: [role] }).map(({ text }) => text);
}

describe('what a role may do, in lines', () => {
  it('counts what is allowed, and tells what is not', () => {
    const told = lines([
      right('s:Get', 'allowed', 'a'),
      right('s:Get', 'allowed', 'b'),
      right('s:Put', 'denied'),
    ]);
    expect(told).toEqual([
      'api, which ECS tasks may assume',
      'may not · s:Put on db: no policy of the role allows it',
      'may · s:Get (2)',
    ]);
  });

  it('joins things that are refused for one reason', () => {
    const told = lines(['a', 'b', 'c', 'd'].map((thing) => right('s:Get', 'denied', thing)));
    expect(told[1]).toBe('may not · s:Get on a, b and 2 more: no policy of the role allows it');
  });

  it('ends after a few lines, and says how many more there are', () => {
    const told = lines(Array.from({ length: 9 }, (_, number) => right(`s:Do${number}`, 'open')));
    expect(told).toHaveLength(8);
    expect(told.at(-1)).toBe('3 more rights not allowed or not decided');
  });

  it.each([
    [{ state: 'missing', why: 'there is no role of this name' }, 'api: does not exist'],
    [
      { state: 'not-trusted', why: 'its trust policy names ec2.amazonaws.com' },
      'api: no · its trust policy names ec2.amazonaws.com',
    ],
    [{ arn: undefined, state: 'none', why: 'none is set' }, 'none is set'],
  ])('%s', (more, text) => {
    expect(lines([], more)).toEqual([text]);
  });
});
