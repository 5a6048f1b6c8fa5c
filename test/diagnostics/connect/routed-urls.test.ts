import { describe, expect, it } from 'vitest';
import type { CalledUrl } from '#diagnostics/facts/connect/called-urls.ts';
import {
  answer,
  dnsName,
  forward,
  header,
  host,
  path,
  redirect,
  routing,
  rule,
  said,
  type Told,
  weighted,
} from './rules.ts';

const url = (parts: Partial<CalledUrl> = {}): CalledUrl => ({
  variable: 'REVIEWS_URL',
  scheme: 'https',
  host: 'api.example.com',
  path: '/reviews',
  ...parts,
});
const byName = url({ host: dnsName });

describe('an address in the environment of the caller', () => {
  const own = rule(20, [host('api.example.com'), path('/reviews/*')]);

  it.each<[string, string, Told]>([
    ['matches the rule', 'to', { rules: [own], urls: [url()] }],
    [
      'is taken by a rule for the whole host',
      'connect-rule-shadowed likely',
      { rules: [rule(5, [host('*.example.com')], answer('503')), own], urls: [url()] },
    ],
    [
      'by the load balancer’s own name, which is taken for certain',
      'connect-rule-shadowed confirmed',
      { rules: [rule(5, [path('/re*')], forward('other')), rule(20, [path('/reviews/*')])], urls: [byName] },
    ],
    [
      'by that name, which no rule of the service matches',
      'connect-rule-elsewhere confirmed',
      { rules: [own], urls: [byName] },
    ],
    [
      'of which a part of the paths is taken',
      'open: the path that is called',
      { rules: [rule(5, [path('/reviews/old/*')], forward('other')), own], urls: [url()] },
    ],
    [
      'is taken where it sends a header',
      'open: whether it sends the header x-canary',
      { rules: [rule(5, [header('yes')], forward('other')), own], urls: [url()] },
    ],
    [
      'whose path may be a secret, and is not known',
      'open: the path that is called',
      { rules: [own], urls: [{ variable: 'REVIEWS_URL', scheme: 'https', host: 'api.example.com' }] },
    ],
    [
      'of another service behind the same load balancer says nothing',
      'to',
      {
        rules: [rule(5, [path('/orders/*')], forward('other')), rule(20, [path('/*')])],
        urls: [url({ variable: 'ORDERS_URL', host: dnsName, path: '/orders' })],
      },
    ],
    [
      'of another service at a host of that name says nothing',
      'to',
      {
        rules: [rule(5, [path('/orders/*')], forward('other')), rule(20, [host('reviews.example.com')])],
        urls: [url({ variable: 'ORDERS_URL', host: 'reviews.example.com', path: '/orders' })],
      },
    ],
    [
      'of another service at a load balancer of that name says nothing',
      'to',
      {
        rules: [rule(5, [path('/orders/*')], forward('other')), rule(20, [path('/reviews/*')])],
        urls: [url({ variable: 'ORDERS_URL', host: 'reviews-1.elb.amazonaws.com', path: '/orders' })],
        dnsName: 'reviews-1.elb.amazonaws.com',
      },
    ],
    [
      'whose variable begins like the name says nothing',
      'to',
      {
        rules: [rule(5, [path('/hooks/*')], forward('other')), rule(20, [path('/*')])],
        urls: [url({ variable: 'REVIEWSTORE_URL', host: 'hooks.example.com', path: '/hooks' })],
      },
    ],
    [
      'of a host of that name is taken by a rule for it',
      'connect-rule-shadowed likely',
      {
        rules: [rule(5, [host('reviews.*'), path('/v1/*')], answer('503')), rule(20, [path('/*')])],
        urls: [url({ variable: 'UPSTREAM', host: 'reviews.example.com', path: '/v1' })],
      },
    ],
    [
      'of another protocol says nothing',
      'to',
      {
        rules: [rule(5, [host('db.example.com')], answer('503')), rule(20, [path('/reviews/*')])],
        urls: [url({ scheme: 'postgres', host: 'db.example.com' })],
      },
    ],
    [
      'at a port that nothing listens at says nothing',
      'to',
      { rules: [own], urls: [url({ host: dnsName, port: 8443 })] },
    ],
    [
      'that one rule takes and another matches, of two addresses',
      'to',
      {
        rules: [rule(5, [host('old.example.com')], answer('410')), own],
        urls: [url({ host: 'old.example.com' }), url()],
      },
    ],
    [
      'that is led from HTTP to HTTPS',
      'to',
      { rules: [rule(20, [path('/reviews/*')])], at80: [], urls: [url({ host: dnsName, scheme: 'http' })] },
    ],
    [
      'that is led to another host',
      'open: where that leads the application',
      {
        rules: [own],
        at80: [rule(1, [], redirect({ Host: 'www.example.com' }))],
        urls: [url({ host: dnsName, scheme: 'http' })],
      },
    ],
    [
      'that is led to HTTPS, where another rule takes it',
      'connect-rule-shadowed confirmed',
      {
        rules: [rule(5, [path('/*')], forward('other')), rule(20, [path('/reviews/*')])],
        at80: [],
        urls: [url({ host: dnsName, scheme: 'http' })],
      },
    ],
    [
      'whose requests are given to another group by weight',
      'connect-rule-elsewhere confirmed',
      {
        rules: [rule(1, [path('/*')], weighted(['own', 0], ['other', 1])), rule(2, [path('/*')])],
        urls: [byName],
      },
    ],
  ])('%s', (_told, expected, told) => {
    expect(said(routing(told))).toBe(expected);
  });

  it('is the one that is named for the service, and not that of another on the same host', () => {
    const other = url({ variable: 'ORDERS_URL', path: '/orders' });
    const rules = [rule(5, [host('api.example.com'), path('/orders/*')], forward('other')), own];
    expect(routing({ rules, urls: [other, url()] })?.variable).toBe('REVIEWS_URL');
    expect(routing({ rules, urls: [other] })?.variable).toBeUndefined();
  });

  it('is named by its variable, never by its value, and the fix moves the rule in front', () => {
    const rules = [rule(5, [host('*.example.com')], answer('503')), rule(4, [host('b.example.com')]), own];
    const found = routing({ rules, urls: [url()] });
    const block = found?.state === 'broken' ? found.block : undefined;
    expect(block?.sentence).toBe(
      'Rule 5 of lb at 443 takes REVIEWS_URL of novel before rule 20, which leads to reviews: it matches host *.example.com, and answers 503 itself.',
    );
    expect(JSON.stringify(block)).not.toContain('/reviews"');
    expect(block?.fix?.cli).toContain('RuleArn=arn:rule/20,Priority=3');
  });
});

describe('the fix for a rule that is asked too late', () => {
  const own = rule(20, [host('api.example.com'), path('/reviews/*')]);
  const all = rule(10, [host('api.example.com')], forward('other'));
  const move = 'Give rule 20 the priority 9, in front of rule 10, or narrow that one.';
  const narrow = (meant: string) =>
    `Narrow rule 10 so that it leaves ${meant} what is meant for reviews, or put a rule for just that in front of it.`;

  it.each<[string, string, Told]>([
    ['moves the narrower one in front', move, { rules: [all, own] }],
    [
      'narrows the first, of which nothing would be left',
      narrow('rule 20'),
      { rules: [rule(10, [path('/re*')], forward('other')), rule(20, [path('/*')])], urls: [byName] },
    ],
    [
      'narrows the first, where the move would pass a rule that loses by it',
      narrow('rule 20'),
      { rules: [rule(9, [path('/reviews/old/*')], answer('410')), all, own] },
    ],
    [
      'moves it past a rule that has nothing to do with it',
      'Give rule 20 the priority 8, in front of rule 10, or narrow that one.',
      { rules: [rule(9, [path('/orders/*')], forward('orders')), all, own] },
    ],
    [
      'narrows the first in front of the default action, which has no number',
      narrow('the default action'),
      { rules: [rule(10, [path('*')], forward('other'))], last: forward('own') },
    ],
  ])('%s', (_told, expected, told) => {
    const found = routing(told);
    expect(found?.state === 'broken' && found.block.fix?.summary).toBe(expected);
  });
});
