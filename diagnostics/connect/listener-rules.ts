import type { Rule, RuleCondition } from '@aws-sdk/client-elastic-load-balancing-v2';
import { covered, type Span, spansOf } from '../network/prefixes.ts';
import { meet, within } from './globs.ts';

/**
 * How an application load balancer finds the rule for a request: by falling priority, that is by rising number, the
 * first whose conditions all hold; one holds where one of its values does. The default rule comes last and has none.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-rules.html
 */

/** Requests, as far as they are known: what is absent may be anything. */
export interface Requests {
  /** A pattern in small letters, or one name. */
  host?: string;
  /** Patterns that together are all paths in question, without the query. */
  paths?: readonly string[];
  /** A path that may be among them as well, and says nothing against a rule that leaves it out. */
  alsoPath?: string;
  /** Conditions that are known to hold: those of a rule itself, where its own requests are asked about. */
  holding?: readonly RuleCondition[];
  /** Addresses that the load balancer may see. */
  sources?: readonly Span[];
}

/** Whether all of the requests match, none, or what would have to be known to tell. */
export type Match = 'yes' | 'no' | { open: string };

/** A rule that may take the requests; `open` says on what that hangs. The last one takes all that is left. */
export interface Taker {
  rule: Rule;
  open?: string;
}

/** The rules of a listener in the order in which they are asked. */
export function inOrder(rules: readonly Rule[]): Rule[] {
  return rules.toSorted((a, b) => orderOf(a) - orderOf(b));
}

export function isDefault({ IsDefault, Priority }: Rule): boolean {
  return IsDefault === true || Priority === 'default';
}

function orderOf(rule: Rule): number {
  return isDefault(rule) ? Number.POSITIVE_INFINITY : Number(rule.Priority ?? 0);
}

/** Every rule that may take the requests, in order, up to the first that does for certain. */
export function takersOf(rules: readonly Rule[], requests: Requests): Taker[] {
  const takers: Taker[] = [];
  for (const rule of inOrder(rules)) {
    const match = matchOf(rule, requests);
    if (match === 'no') continue;
    if (match === 'yes') return [...takers, { rule }];
    takers.push({ rule, open: match.open });
  }
  return takers;
}

/** Every pair of a host and a path that a rule names, with its other conditions. */
export function requestsOfRule({ Conditions = [] }: Rule, sources: readonly Span[]): Requests[] {
  const of = (field: string) => Conditions.filter(({ Field }) => Field === field).flatMap(valuesOf);
  const hosts = of('host-header').map(lowered);
  const paths = of('path-pattern');
  const holding = Conditions.filter(({ Field }) => Field !== 'source-ip');
  return (hosts.length > 0 ? hosts : [undefined]).flatMap((host) =>
    (paths.length > 0 ? paths : ['/*']).map((path) => ({
      ...(host !== undefined && { host }),
      paths: [path],
      holding,
      sources,
    })),
  );
}

/** All conditions of a rule together. */
export function matchOf({ Conditions = [] }: Rule, requests: Requests): Match {
  const matches = Conditions.map((condition) => holds(condition, requests));
  if (matches.includes('no')) return 'no';
  return matches.find((match) => typeof match === 'object') ?? 'yes';
}

/** Whether one condition holds for the requests. */
export function holds(condition: RuleCondition, requests: Requests): Match {
  if (requests.holding?.some((known) => implies(known, condition))) return 'yes';
  const { Field, SourceIpConfig } = condition;
  const values = valuesOf(condition);
  switch (Field) {
    case 'host-header':
      return ofPatterns(condition, asList(requests.host), values.map(lowered), 'the host that is called');
    case 'path-pattern': {
      const match = ofPatterns(condition, requests.paths, values, 'the path that is called');
      const also = match === 'no' && values.some((value) => meet(requests.alsoPath ?? '', value));
      return also ? { open: 'the path that is called' } : match;
    }
    case 'http-request-method':
      return { open: 'the method that is used' };
    case 'source-ip': {
      const what = 'the address that the load balancer sees';
      const { sources = [] } = requests;
      if (sources.length === 0 || !SourceIpConfig?.Values) return { open: what };
      const share = covered(sources, spansOf(SourceIpConfig.Values));
      return share === 'all' ? 'yes' : share === 'none' ? 'no' : { open: what };
    }
    case 'http-header':
      return { open: `whether it sends the header ${condition.HttpHeaderConfig?.HttpHeaderName}` };
    case 'query-string':
      return { open: 'the query that it sends' };
    default:
      return { open: `what the condition ${Field} means` };
  }
}

/** The requests have one of the first patterns each; a regular expression may match more than is seen here. */
function ofPatterns(
  condition: RuleCondition,
  asked: readonly string[] | undefined,
  values: readonly string[],
  what: string,
): Match {
  const known = asked ?? ['*'];
  if (known.every((one) => values.some((value) => within(one, value)))) return 'yes';
  const may = known.some((one) => values.some((value) => meet(one, value)));
  return may || hasRegex(condition) ? { open: what } : 'no';
}

function asList(host: string | undefined): string[] | undefined {
  return host === undefined ? undefined : [host];
}

function lowered(value: string): string {
  return value.toLowerCase();
}

function configOf(condition: RuleCondition): { Values?: unknown; RegexValues?: string[] | undefined } {
  const { HostHeaderConfig, PathPatternConfig, HttpHeaderConfig, HttpRequestMethodConfig } = condition;
  return HostHeaderConfig ?? PathPatternConfig ?? HttpHeaderConfig ?? HttpRequestMethodConfig ?? {};
}

function hasRegex(condition: RuleCondition): boolean {
  return (configOf(condition).RegexValues ?? condition.RegexValues ?? []).length > 0;
}

/** Values of a host, path, header or method, in the form of today and in that of before 2019. */
export function valuesOf(condition: RuleCondition): string[] {
  const { Values } = configOf(condition);
  return (Values as string[] | undefined) ?? condition.Values ?? [];
}

/** Whether a request that meets the one condition meets the other for certain. */
function implies(known: RuleCondition, asked: RuleCondition): boolean {
  if (known.Field !== asked.Field || hasRegex(known)) return false;
  if (known.Field === 'query-string') {
    const pairs = known.QueryStringConfig?.Values ?? [];
    const wanted = asked.QueryStringConfig?.Values ?? [];
    return pairs.every(({ Key = '*', Value = '*' }) =>
      wanted.some((one) => inside(Key, one.Key ?? '*') && inside(Value, one.Value ?? '*')),
    );
  }
  if (known.Field === 'source-ip') {
    const wanted = spansOf(asked.SourceIpConfig?.Values ?? []);
    const own = spansOf(known.SourceIpConfig?.Values ?? []);
    return own.length > 0 && covered(own, wanted) === 'all';
  }
  const [name, other] = [known, asked].map((one) => lowered(one.HttpHeaderConfig?.HttpHeaderName ?? ''));
  const exact = known.Field === 'path-pattern' || known.Field === 'http-request-method';
  const [own, wanted] = [valuesOf(known), valuesOf(asked)];
  return (
    name === other &&
    own.length > 0 &&
    own.every((value) => wanted.some((one) => (exact ? within(value, one) : inside(value, one))))
  );
}

function inside(inner: string, outer: string): boolean {
  return within(lowered(inner), lowered(outer));
}
