import type { Listener, RedirectActionConfig, Rule } from '@aws-sdk/client-elastic-load-balancing-v2';
import { consoleOf } from '../console.ts';
import type { Fix } from '../report.ts';
import {
  inOrder,
  isDefault,
  matchOf,
  type Requests,
  requestsOfRule,
  type Taker,
  takersOf,
} from './listener-rules.ts';
import type { Asked, Routed } from './routing.ts';
import { deedOf, leadsTo } from './rule-actions.ts';
import { conditionsInWords, doesInWords, ruleEvidence, ruleName } from './rule-words.ts';

/** Whose requests they are, in words, and how sure it is that they come to this load balancer. */
export interface Of {
  whose: string;
  status: 'confirmed' | 'likely';
}

/** What becomes of requests at a listener: every rule that may take them has to agree. */
export function decided(
  listener: Listener,
  rules: readonly Rule[],
  requests: Requests,
  asked: Asked,
  of: Of,
): Routed {
  return agreed(takersOf(rules, requests), { listener, rules: inOrder(rules), requests, asked, of });
}

/** What becomes of the requests that a rule itself names: one before it may take all of them. */
export function decidedBefore(
  own: Rule,
  listener: Listener,
  rules: readonly Rule[],
  requests: Requests,
  asked: Asked,
): Routed {
  const ordered = inOrder(rules);
  const first = ordered.slice(0, ordered.indexOf(own)).find((rule) => matchOf(rule, requests) === 'yes');
  const of: Of = { whose: `everything that ${ruleName(own)} matches`, status: 'confirmed' };
  return agreed([{ rule: first ?? own }], { listener, rules: ordered, requests, asked, of });
}

interface At {
  listener: Listener;
  rules: readonly Rule[];
  requests: Requests;
  asked: Asked;
  of: Of;
  /** Followed one redirect already. */
  led?: Listener;
}

function agreed(takers: readonly Taker[], at: At): Routed {
  const results = takers.map(({ rule, open }) => ({ rule, open, result: ofTaker(rule, at) }));
  const last = results.at(-1);
  const [first] = results;
  if (!first || !last) return undecided(at, 'none of its rules is known', 'its rules');
  if (results.every(({ result }) => result.state === last.result.state)) return last.result;
  const { asked, listener, of } = at;
  const doubt = results.find(({ open }) => open !== undefined) ?? first;
  const reason = `${ruleName(doubt.rule)} of ${asked.balancer} at ${listener.Port} (${conditionsInWords(doubt.rule)}) ${doesInWords(doubt.rule)}, and may or may not take ${of.whose}`;
  return undecided(at, reason, doubt.open ?? 'the request');
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function undecided({ listener, led }: At, reason: string, decide: string): Routed {
  return { state: 'open', listeners: led ? [led, listener] : [listener], reason, decide };
}

function ofTaker(rule: Rule, at: At): Routed {
  const { listener, asked, of, led } = at;
  const listeners = led ? [led, listener] : [listener];
  const where = `${ruleName(rule)} of ${asked.balancer} at ${listener.Port}`;
  const Where = capital(where);
  const deed = deedOf(rule, asked.groups);
  const names = { region: asked.region, resource: rule.RuleArn ?? asked.balancer };
  const evidence = [ruleEvidence(rule, asked.region)];
  switch (deed.kind) {
    case 'forwards': {
      const conditions = conditionsInWords(rule);
      const part = deed.share < 1 ? `${Math.round(deed.share * 100)} % of ` : '';
      const what = conditions === '' ? 'everything else' : conditions;
      return { state: 'to', listeners, text: `${where} sends ${part}${what} to ${asked.to}` };
    }
    case 'keeps':
      return {
        state: 'broken',
        listeners,
        block: { evidence, ...missed(rule, Where, at), names, status: of.status },
      };
    case 'weighs-nothing': {
      const sentence = `${Where} takes ${of.whose}, and gives ${asked.to} the weight 0: none of them.`;
      return {
        state: 'broken',
        listeners,
        block: { cause: 'connect-rule-elsewhere', sentence, names, evidence, status: of.status },
      };
    }
    case 'redirects':
      return redirected(rule, deed.to, at);
    case 'asks': {
      if (deed.for === 'token')
        return undecided(
          at,
          `${where} lets through only requests with a valid token`,
          `whether ${asked.from} sends one`,
        );
      const sentence = `${Where} asks everybody to sign in before it sends them to ${asked.to}, which a service cannot.`;
      return {
        state: 'broken',
        listeners,
        block: { cause: 'connect-rule-signs-in', sentence, names, evidence, status: 'likely' },
      };
    }
    case 'unknown':
      return undecided(at, `${where} takes ${of.whose}`, deed.why);
  }
}

/** Requests that a rule sends elsewhere: past a later rule that is meant for them, or past all of them. */
function missed(rule: Rule, where: string, { rules, requests, asked, of, listener }: At) {
  const later = rules
    .slice(rules.indexOf(rule) + 1)
    .find((one) => leadsTo(one, asked.groups) && matchOf(one, requests) !== 'no');
  const does = doesInWords(rule);
  const conditions = conditionsInWords(rule);
  if (!later) {
    const sentence = `No rule of ${asked.balancer} at ${listener.Port} that leads to ${asked.to} matches ${of.whose}: ${ruleName(rule)} ${does}.`;
    return { cause: 'connect-rule-elsewhere', sentence };
  }
  const sentence = `${where} takes ${of.whose} before ${ruleName(later)}, which leads to ${asked.to}: ${conditions === '' ? 'it has no condition' : `it matches ${conditions}`}, and ${does}.`;
  const fix = moveBefore(rule, later, rules, asked.region) ?? narrowed(rule, later, asked.to, asked.region);
  const evidence = [ruleEvidence(rule, asked.region), ruleEvidence(later, asked.region)];
  const console = consoleOf('load-balancer', {
    region: asked.region,
    resource: later.RuleArn ?? rule.RuleArn,
  });
  return { cause: 'connect-rule-shadowed', sentence, evidence, fix: { ...fix, ...(console && { console }) } };
}

/** The nearest number in front of a rule that no other has, where nobody else loses requests by the move. */
function moveBefore(first: Rule, later: Rule, rules: readonly Rule[], region: string): Fix | undefined {
  const used = new Set(rules.map(({ Priority }) => Number(Priority)));
  let number = Number(first.Priority) - 1;
  while (used.has(number)) number -= 1;
  if (isDefault(later) || !(number >= 1) || later.RuleArn === undefined) return undefined;
  if (rules.some((rule) => losesBy(rule, later, first, number))) return undefined;
  return {
    summary: `Give ${ruleName(later)} the priority ${number}, in front of ${ruleName(first)}, or narrow that one.`,
    terraform: `resource "aws_lb_listener_rule" "service" {\n  # ${later.RuleArn}\n  priority = ${number}\n}`,
    cli: `aws elbv2 set-rule-priorities --rule-priorities RuleArn=${later.RuleArn},Priority=${number} --region ${region}`,
  };
}

/**
 * Whether a rule that another one is moved in front of would lose requests that are its own: the one that takes too much
 * all of them, any other only one. Some other rules are moved past, too, where the numbers in front are taken.
 */
function losesBy(rule: Rule, later: Rule, first: Rule, number: number): boolean {
  if (rule === later || !(Number(rule.Priority) > number && Number(rule.Priority) < Number(later.Priority)))
    return false;
  const matches = requestsOfRule(rule, []).map((requests) => matchOf(later, requests));
  return rule === first ? matches.every((one) => one === 'yes') : matches.some((one) => one !== 'no');
}

/** Where no move mends it: the rule that takes too much has to leave something. */
function narrowed(first: Rule, later: Rule, to: string, region: string): Fix {
  const meant = isDefault(later) ? 'the default action' : ruleName(later);
  return {
    summary: `Narrow ${ruleName(first)} so that it leaves ${meant} what is meant for ${to}, or put a rule for just that in front of it.`,
    cli: `aws elbv2 describe-rules --rule-arns ${first.RuleArn ?? 'RULE_ARN'} --region ${region}`,
  };
}

/** A redirect that keeps host and path, as that from HTTP to HTTPS, is followed once. */
function redirected(rule: Rule, to: RedirectActionConfig, at: At): Routed {
  const { listener, asked, of, led, requests } = at;
  const { Host = '#{host}', Path = '/#{path}', Port = '#{port}', Protocol = '#{protocol}' } = to;
  const where = `${ruleName(rule)} of ${asked.balancer} at ${listener.Port}`;
  const port = Port === '#{port}' ? listener.Port : Number(Port);
  const protocol = Protocol === '#{protocol}' ? listener.Protocol : Protocol;
  const next = asked.listeners.find(
    (one) => one.listener.Port === port && one.listener.Protocol === protocol && one.listener !== listener,
  );
  if (led || !next || Host !== '#{host}' || Path !== '/#{path}')
    return undecided(
      at,
      `${where} ${doesInWords(rule)}, and takes ${of.whose}`,
      'where that leads the application',
    );
  const there = { listener: next.listener, rules: inOrder(next.rules), requests, asked, of, led: listener };
  return agreed(takersOf(next.rules, requests), there);
}
