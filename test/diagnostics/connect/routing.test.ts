import { describe, expect, it } from 'vitest';
import {
  answer,
  forward,
  header,
  host,
  path,
  routing,
  rule,
  said,
  signIn,
  source,
  type Told,
  weighted,
} from './rules.ts';

describe('the rules of a load balancer, without an address to go by', () => {
  it.each<[string, string, Told]>([
    ['name nobody’s group', 'none', { rules: [rule(1, [], forward('other'))] }],
    ['lead there by default', 'to', { last: forward('own') }],
    ['lead there under a host', 'to', { rules: [rule(1, [host('a.example.com')])] }],
    [
      'lead there behind one for another host',
      'to',
      { rules: [rule(1, [host('b.example.com')], answer('503')), rule(2, [host('a.example.com')])] },
    ],
    [
      'lead there behind one for a part of the paths',
      'to',
      { rules: [rule(1, [path('/old/*')], forward('other')), rule(2, [path('/*')])] },
    ],
    [
      'are taken by one for every path',
      'connect-rule-shadowed confirmed',
      { rules: [rule(1, [path('/*')], forward('other')), rule(2, [host('a.example.com')])] },
    ],
    [
      'are taken by one for every path in front of the default action',
      'connect-rule-shadowed confirmed',
      { rules: [rule(1, [path('*')], forward('other'))], last: forward('own') },
    ],
    [
      'are taken where every host is taken by one of several',
      'connect-rule-shadowed confirmed',
      {
        rules: [
          rule(1, [host('a.example.com')], answer('410')),
          rule(2, [host('b.*')], answer('410')),
          rule(3, [host('a.example.com', 'b.example.com')]),
        ],
      },
    ],
    [
      'are not all taken where one host is left',
      'to',
      {
        rules: [
          rule(1, [host('a.example.com')], answer('410')),
          rule(3, [host('a.example.com', 'b.example.com')]),
        ],
      },
    ],
    [
      'are not taken by one that asks for a header',
      'to',
      { rules: [rule(1, [header('yes')], forward('other')), rule(2, [path('/*')])] },
    ],
    ['ask for a header', 'open: what the application sends', { rules: [rule(1, [header('yes')])] }],
    [
      'ask for a header that an earlier one takes',
      'connect-rule-shadowed confirmed',
      { rules: [rule(1, [header('y*')], answer('403')), rule(2, [header('yes')])] },
    ],
    ['admit the caller’s addresses', 'to', { rules: [rule(1, [source('10.0.0.0/16')])] }],
    [
      'admit other addresses alone',
      'connect-rule-elsewhere',
      { rules: [rule(1, [source('192.168.0.0/16')])] },
    ],
    [
      'admit addresses, where the caller’s are not known',
      'open: the address that the load balancer sees',
      { rules: [rule(1, [source('10.0.0.0/16')])], sources: [] },
    ],
    [
      'turn the caller’s addresses away before',
      'connect-rule-shadowed confirmed',
      { rules: [rule(1, [source('10.0.0.0/8')], answer('403')), rule(2, [path('/*')])] },
    ],
    ['give it a part', 'to', { rules: [rule(1, [path('/*')], weighted(['own', 10], ['other', 90]))] }],
    [
      'give it the weight of nothing',
      'connect-no-listener',
      { rules: [rule(1, [path('/*')], weighted(['own', 0], ['other', 1]))] },
    ],
    [
      'give all the weight to the other of its two groups',
      'to',
      { rules: [rule(1, [path('/*')], weighted(['own', 0], ['green', 1]))], groups: ['own', 'green'] },
    ],
    [
      'ask everybody to sign in',
      'connect-rule-signs-in likely',
      { rules: [rule(1, [path('/*')], signIn(), forward('own'))] },
    ],
    [
      'let those through who have not signed in',
      'to',
      { rules: [rule(1, [], signIn('allow'), forward('own'))] },
    ],
    [
      'ask for a token',
      'open: whether novel sends one',
      { rules: [rule(1, [], { Type: 'jwt-validation', Order: 1 }, forward('own'))] },
    ],
    ['have one listener of two that leads there', 'to', { rules: [rule(1, [path('/*')])], at80: [] }],
    [
      'are led there from the port that is asked about',
      'to',
      { rules: [rule(1, [host('a.example.com')])], at80: [], port: 80 },
    ],
    [
      'are led to a listener where another takes them',
      'connect-rule-shadowed confirmed',
      { rules: [rule(1, [path('/*')], answer('503')), rule(2, [path('/a/*')])], at80: [], port: 80 },
    ],
    [
      'take what would be led there from the port that is asked about',
      'connect-rule-elsewhere confirmed',
      { rules: [rule(1, [path('/*')])], at80: [rule(1, [path('/*')], answer('404'))], port: 80 },
    ],
  ])('%s', (_told, expected, told) => {
    expect(said(routing(told))).toBe(expected);
  });
});

it('names a header and the key of a query, whose values may be secrets', () => {
  const query = { Field: 'query-string', QueryStringConfig: { Values: [{ Key: 'key', Value: 'hunter2' }] } };
  const { HttpHeaderConfig } = header('hunter2');
  const regex = { HttpHeaderName: HttpHeaderConfig?.HttpHeaderName, RegexValues: ['hunter2'] };
  const conditions = [query, header('hunter2'), { Field: 'http-header', HttpHeaderConfig: regex }];
  const words = JSON.stringify([
    routing({ rules: [rule(1, conditions)] }),
    routing({ rules: [rule(1, conditions, answer('403')), rule(2, conditions)] }),
  ]);
  expect(words).toContain('query key, header x-canary and header x-canary');
  expect(words).not.toContain('hunter2');
});
