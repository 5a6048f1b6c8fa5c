import type { Listener, Rule } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { CalledUrl } from '../facts/connect/called-urls.ts';
import type { Span } from '../network/prefixes.ts';
import { decided, decidedBefore } from './decide.ts';
import { isDefault, matchOf, type Requests, requestsOfRule } from './listener-rules.ts';
import { isMeant, isNamedFor, isNameOf, requestsOf } from './meant.ts';
import { deedOf, leadsTo } from './rule-actions.ts';
import { conditionsInWords, ruleEvidence, ruleName } from './rule-words.ts';
import type { Block } from './way.ts';

/** The load balancer that is asked, and for which target groups. */
export interface Asked {
  balancer: string;
  dnsName: string | undefined;
  /** The port that is asked about, whether or not a listener has it. */
  port: number | undefined;
  /** Each with its rules, the default one among them. */
  listeners: readonly { listener: Listener; rules: readonly Rule[] }[];
  groups: readonly string[];
  /** Whom the groups belong to, and who calls. */
  to: string;
  from: string;
  urls: readonly CalledUrl[];
  /** Addresses of the caller that the load balancer sees; none where they are not known. */
  sources: readonly Span[];
  region: string;
}

/** Which listener leads to the target groups, and under which rule. */
export type Routed = {
  listeners: Listener[];
  /** The variable whose address decided it; absent where the rules alone did. */
  variable?: string;
} & (
  | { state: 'to'; text: string }
  | { state: 'open'; reason: string; decide: string }
  | { state: 'broken'; block: Block }
);

/**
 * What the listeners offer, the best alone: every one that leads there, else one that may, else one that does not.
 * Of several, 80 beside 443, the one at the port that is asked about decides. Empty where no rule of it names the groups.
 */
export function routed(asked: Asked): Routed[] {
  const named = asked.listeners.filter(({ listener }) => listener.Port === asked.port);
  const by = (named.length > 0 ? named : asked.listeners).flatMap(
    ({ listener, rules }) => byListener(listener, rules, asked) ?? [],
  );
  const byUrl = by.filter(({ variable }) => variable !== undefined);
  const counted = byUrl.length > 0 ? byUrl : by;
  const leading = counted.filter(({ state }) => state === 'to');
  if (leading.length > 0) return leading;
  const best = counted.find(({ state }) => state === 'open') ?? counted[0];
  return best ? [best] : [];
}

/** The rules of a listener with its default action, which stands in both places. */
export function withDefault(listener: Listener, rules: readonly Rule[]): Rule[] {
  if (rules.some(isDefault)) return [...rules];
  const last: Rule = {
    Priority: 'default',
    IsDefault: true,
    Conditions: [],
    Actions: listener.DefaultActions,
  };
  return [...rules, last];
}

function byListener(listener: Listener, rules: readonly Rule[], asked: Asked): Routed | undefined {
  const meant = asked.urls.filter((url) => isMeant(url, listener, rules, asked));
  const named = meant.filter((url) => isNamedFor(url, asked));
  // An address of another service behind the same load balancer rightly goes elsewhere.
  const results = [...named, ...meant.filter((url) => !named.includes(url))].map((url) => ({
    url,
    result: ofUrl(url, listener, rules, asked),
  }));
  const own = results.find(({ result }) => result.state === 'to') ?? results.slice(0, named.length)[0];
  if (own) return { ...own.result, variable: own.url.variable };
  return ofRules(listener, rules, asked);
}

function ofUrl(url: CalledUrl, listener: Listener, rules: readonly Rule[], asked: Asked): Routed {
  const whose = `${url.variable} of ${asked.from}`;
  // What another name than its own resolves to is not known.
  const status = isNameOf(url, asked) ? 'confirmed' : 'likely';
  const result = decided(listener, rules, requestsOf(url, asked), asked, { whose, status });
  return result.state === 'to' ? { ...result, text: `${result.text}; ${whose} matches` } : result;
}

/** Without an address to go by: the requests that the rules themselves name. */
function ofRules(listener: Listener, rules: readonly Rule[], asked: Asked): Routed | undefined {
  const leading = rules.filter((rule) => leadsTo(rule, asked.groups));
  const results = [
    ...leading.flatMap((rule) =>
      requestsOfRule(rule, asked.sources).map((requests) => ofRule(rule, requests, listener, rules, asked)),
    ),
    ...(leading.length === 0 && listener.Port === asked.port ? ofRedirects(listener, rules, asked) : []),
  ];
  const weightless = rules.find((rule) => deedOf(rule, asked.groups).kind === 'weighs-nothing');
  const best = (['to', 'open', 'broken'] as const)
    .map((state) => results.find((one) => one.state === state))
    .find((one) => one !== undefined);
  if (best || !weightless) return best;
  return {
    state: 'broken',
    listeners: [listener],
    block: {
      cause: 'connect-no-listener',
      sentence: `${asked.balancer} gives ${asked.to} the weight 0 in ${ruleName(weightless)}, and so none of its requests.`,
      names: { region: asked.region, resource: asked.balancer, targetGroupArn: asked.groups[0] ?? '' },
      evidence: [ruleEvidence(weightless, asked.region)],
    },
  };
}

/** Of a listener that leads elsewhere, as from HTTP to HTTPS: the requests that the rules of the others name. */
function ofRedirects(listener: Listener, rules: readonly Rule[], asked: Asked): Routed[] {
  if (!rules.some((rule) => deedOf(rule, asked.groups).kind === 'redirects')) return [];
  return asked.listeners
    .filter((other) => other.listener !== listener)
    .flatMap((other) => other.rules.map((rule) => ({ rule, at: other.listener.Port })))
    .filter(({ rule }) => leadsTo(rule, asked.groups))
    .flatMap(({ rule, at }) =>
      requestsOfRule(rule, asked.sources).map((requests) => {
        const whose = `everything that ${ruleName(rule)} at ${at} matches`;
        return decided(listener, rules, requests, asked, { whose, status: 'confirmed' });
      }),
    );
}

function ofRule(
  rule: Rule,
  requests: Requests,
  listener: Listener,
  rules: readonly Rule[],
  asked: Asked,
): Routed {
  const conditions = conditionsInWords(rule);
  const { Conditions = [] } = rule;
  const admitted = matchOf({ Conditions: Conditions.filter(({ Field }) => Field === 'source-ip') }, requests);
  const where = `ule ${rule.Priority} of ${asked.balancer} at ${listener.Port}`;
  if (admitted === 'no')
    return {
      state: 'broken',
      listeners: [listener],
      block: {
        cause: 'connect-rule-elsewhere',
        sentence: `R${where} does not lead to ${asked.to} from the addresses of ${asked.from}: it wants ${conditions}.`,
        names: { region: asked.region, resource: rule.RuleArn ?? asked.balancer },
        evidence: [ruleEvidence(rule, asked.region)],
      },
    };
  const result = decidedBefore(rule, listener, rules, requests, asked);
  if (result.state !== 'to') return result;
  const unseen = Conditions.some(({ Field = '' }) => Field === 'http-header' || Field === 'query-string');
  const open = typeof admitted === 'object' ? admitted.open : undefined;
  const decide = unseen ? 'what the application sends' : open;
  if (decide === undefined) return result;
  const reason = `r${where} leads to ${asked.to} only under ${conditions}`;
  return { state: 'open', listeners: [listener], reason, decide };
}
