import type { Rule, RuleCondition } from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect, it } from 'vitest';
import { meet, within } from '#diagnostics/connect/globs.ts';
import { holds, type Match, type Requests, takersOf } from '#diagnostics/connect/listener-rules.ts';
import { spansOf } from '#diagnostics/network/prefixes.ts';
import { fc } from '#test/property.ts';

/** Every word of these letters up to a length: slow, and plain. */
function words(letters: string, longest: number): string[] {
  const all = [''];
  for (let at = 0; at < all.length; at += 1) {
    const word = all[at] ?? '';
    if (word.length < longest) all.push(...[...letters].map((letter) => word + letter));
  }
  return all;
}

function matcher(pattern: string): RegExp {
  return new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`);
}

const every = words('ab', 8);
const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 4 });

describe('patterns of listener rules', () => {
  it('meet where a word exists that both match', () => {
    fc.assert(
      fc.property(pattern, pattern, (one, other) => {
        const [a, b] = [matcher(one), matcher(other)];
        expect(meet(one, other)).toBe(every.some((word) => a.test(word) && b.test(word)));
      }),
    );
  });

  it('lie within another only where it matches every word of theirs', () => {
    fc.assert(
      fc.property(pattern, pattern, (inner, outer) => {
        const [a, b] = [matcher(inner), matcher(outer)];
        const all = every.filter((word) => a.test(word)).every((word) => b.test(word));
        if (within(inner, outer)) expect(all).toBe(true);
        // What is not a pattern itself is always told right.
        if (!/[*?]/.test(inner)) expect(within(inner, outer)).toBe(b.test(inner));
      }),
    );
  });
});

const host = (...Values: string[]): RuleCondition => ({ Field: 'host-header', HostHeaderConfig: { Values } });
const path = (...Values: string[]): RuleCondition => ({
  Field: 'path-pattern',
  PathPatternConfig: { Values },
});
const header = (name: string, ...Values: string[]): RuleCondition => ({
  Field: 'http-header',
  HttpHeaderConfig: { HttpHeaderName: name, Values },
});
const method = (...Values: string[]): RuleCondition => ({
  Field: 'http-request-method',
  HttpRequestMethodConfig: { Values },
});
const source = (...Values: string[]): RuleCondition => ({ Field: 'source-ip', SourceIpConfig: { Values } });
const query = (Key: string | undefined, Value: string): RuleCondition => ({
  Field: 'query-string',
  QueryStringConfig: { Values: [{ ...(Key && { Key }), Value }] },
});

describe('a condition', () => {
  const below: Requests = { host: 'reviews.example.com', paths: ['/reviews/*'], alsoPath: '/reviews' };
  const named: Requests = { sources: spansOf(['10.0.1.0/24']) };

  it.each<[string, RuleCondition, Requests, Match]>([
    ['a host', host('reviews.example.com'), below, 'yes'],
    ['a host in capitals', host('Reviews.Example.COM'), below, 'yes'],
    ['one of two hosts', host('a.example.com', '*.example.com'), below, 'yes'],
    ['another host', host('orders.example.com'), below, 'no'],
    ['a host of one letter more', host('?reviews.example.com'), below, 'no'],
    ['any host, of which one is wanted', host('a.example.com'), {}, { open: 'the host that is called' }],
    ['a host as it was written before 2019', { Field: 'host-header', Values: ['*.com'] }, below, 'yes'],
    [
      'a regular expression',
      { Field: 'host-header', HostHeaderConfig: { RegexValues: ['^reviews\\..*'] } },
      below,
      { open: 'the host that is called' },
    ],
    ['all paths below', path('/reviews/*'), below, 'yes'],
    ['some of the paths below', path('/reviews/api/*'), below, { open: 'the path that is called' }],
    ['the path alone', path('/reviews'), below, { open: 'the path that is called' }],
    ['other paths', path('/orders/*'), below, 'no'],
    ['paths, whose case counts', path('/Reviews/*'), below, 'no'],
    ['a header', header('X-Canary', 'yes'), below, { open: 'whether it sends the header X-Canary' }],
    [
      'a header that is known to be sent',
      header('x-canary', 'Y*'),
      { holding: [header('X-Canary', 'yes')] },
      'yes',
    ],
    [
      'another header than the one that is sent',
      header('x-canary', 'yes'),
      { holding: [header('x-other', 'yes')] },
      { open: 'whether it sends the header x-canary' },
    ],
    ['a method', method('GET'), below, { open: 'the method that is used' }],
    ['a method out of the known ones', method('GET', 'HEAD'), { holding: [method('GET')] }, 'yes'],
    ['a query', query('v', '2'), below, { open: 'the query that it sends' }],
    [
      'a query that is wider than the known one',
      query(undefined, '2*'),
      { holding: [query('v', '21')] },
      'yes',
    ],
    ['all addresses of the caller', source('10.0.0.0/16'), named, 'yes'],
    ['other addresses', source('10.1.0.0/16'), named, 'no'],
    [
      'a part of the addresses',
      source('10.0.1.0/25'),
      named,
      { open: 'the address that the load balancer sees' },
    ],
    [
      'addresses, where the caller’s are not known',
      source('10.0.0.0/8'),
      {},
      { open: 'the address that the load balancer sees' },
    ],
    [
      'a field that nobody knows yet',
      { Field: 'tls-version' },
      below,
      { open: 'what the condition tls-version means' },
    ],
  ])('%s', (_told, condition, requests, expected) => {
    expect(holds(condition, requests)).toEqual(expected);
  });
});

describe('the rule that takes a request', () => {
  const rule = (Priority: string, ...Conditions: RuleCondition[]): Rule => ({ Priority, Conditions });
  const last: Rule = { Priority: 'default', IsDefault: true, Conditions: [] };
  const asked: Requests = { host: 'a.example.com', paths: ['/api/*'] };

  it.each<[string, Rule[], string[]]>([
    ['is the one with the lowest number', [last, rule('20', path('/*')), rule('3', path('/api/*'))], ['3']],
    [
      'is ordered by number and not by letters',
      [rule('100', path('/*')), rule('20', path('/*')), last],
      ['20'],
    ],
    [
      'has all conditions met',
      [rule('1', host('a.example.com'), path('/web/*')), rule('2', host('a.*')), last],
      ['2'],
    ],
    ['is the default one where none matches', [rule('1', path('/web/*')), last], ['default']],
    [
      'may be one whose condition is not known',
      [rule('1', header('x', 'y')), rule('2', path('*')), last],
      ['1', '2'],
    ],
    [
      'is none with one condition that fails',
      [rule('1', header('x', 'y'), host('b.example.com')), last],
      ['default'],
    ],
  ])('%s', (_told, rules, expected) => {
    expect(takersOf(rules, asked).map((taker) => taker.rule.Priority)).toEqual(expected);
  });

  it('is certain in the end, whatever the rules are', () => {
    const condition = fc.oneof(
      pattern.map((value) => path(value)),
      fc.constant(header('x', 'y')),
    );
    const some = fc.array(fc.array(condition, { maxLength: 2 }), { maxLength: 5 });
    fc.assert(
      fc.property(some, fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 4 }), (told, called) => {
        const rules = [last, ...told.map((conditions, at) => rule(String(at + 1), ...conditions))];
        const takers = takersOf(rules, { paths: [called] });
        const plainly = rules
          .slice(1)
          .find(({ Conditions = [] }) =>
            Conditions.every((one) =>
              one.PathPatternConfig?.Values?.some((value) => matcher(value).test(called)),
            ),
          );
        expect(takers.at(-1)).toEqual({ rule: plainly ?? last });
        expect(takers.slice(0, -1).every(({ open }) => open !== undefined)).toBe(true);
      }),
    );
  });
});
