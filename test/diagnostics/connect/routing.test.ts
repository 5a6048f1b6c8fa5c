import type { Action, Listener, Rule, RuleCondition } from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect, it } from 'vitest';
import { type Asked, type Routed, routed, withDefault } from '#diagnostics/connect/routing.ts';
import type { CalledUrl } from '#diagnostics/facts/connect/called-urls.ts';
import { spansOf } from '#diagnostics/network/prefixes.ts';

const forward = (TargetGroupArn: string): Action => ({ Type: 'forward', TargetGroupArn, Order: 2 });
const weighted = (...groups: [string, number][]): Action => ({
  Type: 'forward',
  ForwardConfig: { TargetGroups: groups.map(([TargetGroupArn, Weight]) => ({ TargetGroupArn, Weight })) },
});
const answer = (StatusCode: string): Action => ({
  Type: 'fixed-response',
  FixedResponseConfig: { StatusCode },
});
const redirect = (parts: Partial<Action['RedirectConfig']> = {}): Action => ({
  Type: 'redirect',
  RedirectConfig: { Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301', ...parts },
});
const signIn = (OnUnauthenticatedRequest?: 'allow' | 'deny'): Action => ({
  Type: 'authenticate-cognito',
  Order: 1,
  AuthenticateCognitoConfig: {
    UserPoolArn: 'arn',
    UserPoolClientId: 'id',
    UserPoolDomain: 'd',
    OnUnauthenticatedRequest,
  },
});

const host = (...Values: string[]): RuleCondition => ({ Field: 'host-header', HostHeaderConfig: { Values } });
const path = (...Values: string[]): RuleCondition => ({
  Field: 'path-pattern',
  PathPatternConfig: { Values },
});
const header = (Value: string): RuleCondition => ({
  Field: 'http-header',
  HttpHeaderConfig: { HttpHeaderName: 'x-canary', Values: [Value] },
});
const source = (...Values: string[]): RuleCondition => ({ Field: 'source-ip', SourceIpConfig: { Values } });

/** A rule that leads to the service, unless told otherwise. */
function rule(priority: number, conditions: RuleCondition[], ...actions: Action[]): Rule {
  const RuleArn = `arn:rule/${priority}`;
  return {
    RuleArn,
    Priority: String(priority),
    Conditions: conditions,
    Actions: actions.length > 0 ? actions : [forward('own')],
  };
}

interface Told {
  rules?: Rule[];
  /** Of the listener at 443; the one at 80 redirects there. */
  last?: Action;
  at80?: Rule[];
  urls?: CalledUrl[];
  sources?: string[];
  groups?: string[];
}

const dnsName = 'lb-1.us-east-1.elb.amazonaws.com';

function routing({
  rules = [],
  last = answer('404'),
  at80,
  urls = [],
  sources = ['10.0.1.0/24'],
  groups,
}: Told) {
  const https: Listener = { Port: 443, Protocol: 'HTTPS', DefaultActions: [last] };
  const http: Listener = { Port: 80, Protocol: 'HTTP', DefaultActions: [redirect()] };
  const asked: Asked = {
    balancer: 'lb',
    dnsName,
    listeners: [
      ...(at80 ? [{ listener: http, rules: withDefault(http, at80) }] : []),
      { listener: https, rules: withDefault(https, rules) },
    ],
    groups: groups ?? ['own'],
    to: 'reviews',
    from: 'novel',
    urls,
    sources: spansOf(sources),
    region: 'us-east-1',
  };
  return routed(asked);
}

/** `to`, `open: what would decide`, or the cause with what is wrong. */
function said(found: Routed | undefined): string {
  if (!found) return 'none';
  if (found.state === 'to') return 'to';
  if (found.state === 'open') return `open: ${found.decide}`;
  return [found.block.cause, ...(found.block.status ? [found.block.status] : [])].join(' ');
}

const url = (parts: Partial<CalledUrl> = {}): CalledUrl => ({
  variable: 'REVIEWS_URL',
  scheme: 'https',
  host: 'api.example.com',
  path: '/reviews',
  ...parts,
});
const byName = url({ host: dnsName });

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
  ])('%s', (_told, expected, told) => {
    expect(said(routing(told))).toBe(expected);
  });
});

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
