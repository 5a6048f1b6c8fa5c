import type { Action, Listener, Rule, RuleCondition } from '@aws-sdk/client-elastic-load-balancing-v2';
import { type Asked, type Routed, routed, withDefault } from '#diagnostics/connect/routing.ts';
import type { CalledUrl } from '#diagnostics/facts/connect/called-urls.ts';
import { spansOf } from '#diagnostics/network/prefixes.ts';

export const forward = (TargetGroupArn: string): Action => ({ Type: 'forward', TargetGroupArn, Order: 2 });
export const weighted = (...groups: [string, number][]): Action => ({
  Type: 'forward',
  ForwardConfig: { TargetGroups: groups.map(([TargetGroupArn, Weight]) => ({ TargetGroupArn, Weight })) },
});
export const answer = (StatusCode: string): Action => ({
  Type: 'fixed-response',
  FixedResponseConfig: { StatusCode },
});
export const redirect = (parts: Partial<Action['RedirectConfig']> = {}): Action => ({
  Type: 'redirect',
  RedirectConfig: { Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301', ...parts },
});
export const signIn = (OnUnauthenticatedRequest?: 'allow' | 'deny'): Action => ({
  Type: 'authenticate-cognito',
  Order: 1,
  AuthenticateCognitoConfig: {
    UserPoolArn: 'arn',
    UserPoolClientId: 'id',
    UserPoolDomain: 'd',
    OnUnauthenticatedRequest,
  },
});

export const host = (...Values: string[]): RuleCondition => ({
  Field: 'host-header',
  HostHeaderConfig: { Values },
});
export const path = (...Values: string[]): RuleCondition => ({
  Field: 'path-pattern',
  PathPatternConfig: { Values },
});
export const header = (Value: string): RuleCondition => ({
  Field: 'http-header',
  HttpHeaderConfig: { HttpHeaderName: 'x-canary', Values: [Value] },
});
export const source = (...Values: string[]): RuleCondition => ({
  Field: 'source-ip',
  SourceIpConfig: { Values },
});

/** A rule that leads to the service, unless told otherwise. */
export function rule(priority: number, conditions: RuleCondition[], ...actions: Action[]): Rule {
  const RuleArn = `arn:rule/${priority}`;
  return {
    RuleArn,
    Priority: String(priority),
    Conditions: conditions,
    Actions: actions.length > 0 ? actions : [forward('own')],
  };
}

export interface Told {
  rules?: Rule[];
  /** Of the listener at 443; the one at 80 redirects there. */
  last?: Action;
  at80?: Rule[];
  urls?: CalledUrl[];
  sources?: string[];
  groups?: string[];
  port?: number;
  dnsName?: string;
}

export const dnsName = 'lb-1.us-east-1.elb.amazonaws.com';

export function routing({
  rules = [],
  last = answer('404'),
  at80,
  urls = [],
  sources = ['10.0.1.0/24'],
  groups,
  port,
  dnsName: ownName = dnsName,
}: Told) {
  const https: Listener = { Port: 443, Protocol: 'HTTPS', DefaultActions: [last] };
  const http: Listener = { Port: 80, Protocol: 'HTTP', DefaultActions: [redirect()] };
  const asked: Asked = {
    balancer: 'lb',
    dnsName: ownName,
    port,
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
  return routed(asked)[0];
}

/** `to`, `open: what would decide`, or the cause with what is wrong. */
export function said(found: Routed | undefined): string {
  if (!found) return 'none';
  if (found.state === 'to') return 'to';
  if (found.state === 'open') return `open: ${found.decide}`;
  return [found.block.cause, ...(found.block.status ? [found.block.status] : [])].join(' ');
}
