import { any, one, type Pattern, type Token } from './pattern.ts';
import type { ContextValue, Guess, PolicyRequest, Unknown } from './types.ts';

/** What is known of a condition key: its values, that the call does not carry it, or nothing. */
export type Looked = { known: readonly string[] } | { guess: Guess } | 'absent' | 'unknown';

/**
 * What the request holds under a condition key, whose case does not matter. Keys that follow from who asks and for
 * what need not be given.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function lookUp(request: PolicyRequest, key: string): Looked {
  const wanted = key.toLowerCase();
  const given = Object.entries(request.context ?? {}).find(([name]) => name.toLowerCase() === wanted);
  if (given) return looked(given[1]);
  if (request.absent?.some((name) => name.toLowerCase() === wanted)) return 'absent';
  return derived(request, wanted);
}

function looked(value: ContextValue): Looked {
  if (typeof value === 'string') return { known: [value] };
  if ('anyOf' in value) return { guess: value };
  return value.length === 0 ? 'absent' : { known: value };
}

function derived({ principal, resource }: PolicyRequest, key: string): Looked {
  const { arn, account, id, service, tags } = principal;
  const isRole = arn !== undefined && /^arn:[^:]+:(?:iam::\d+:role\/|sts::\d+:assumed-role\/)/.test(arn);
  const tag = /^aws:principaltag\/(.+)$/.exec(key)?.[1];
  if (tag !== undefined && isRole && tags) {
    const found = Object.entries(tags).find(([name]) => name.toLowerCase() === tag);
    return found ? { known: [found[1]] } : 'absent';
  }
  switch (key) {
    case 'aws:principalarn':
      // A session's ARN lacks the path of its role.
      return arn !== undefined && /^arn:[^:]+:iam:/.test(arn) ? { known: [arn] } : 'unknown';
    case 'aws:principalaccount':
    case 'kms:calleraccount':
      return account === undefined ? 'unknown' : { known: [account] };
    case 'aws:principaltype':
      return isRole ? { known: ['AssumedRole'] } : 'unknown';
    case 'aws:principalisawsservice':
      if (service !== undefined) return { known: ['true'] };
      return arn === undefined ? 'unknown' : { known: ['false'] };
    case 'aws:principalservicename':
      if (service !== undefined) return { known: [service] };
      return arn === undefined ? 'unknown' : 'absent';
    case 'aws:username':
      return isRole ? 'absent' : 'unknown';
    case 'aws:userid':
      return isRole && id ? { guess: { anyOf: [{ prefix: `${id}:` }] } } : 'unknown';
    case 'aws:resourceaccount': {
      const owner = /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(resource)?.[1];
      return owner === undefined ? 'unknown' : { known: [owner] };
    }
    default:
      return 'unknown';
  }
}

/** A text of a policy with its variables filled in. */
export type Filled =
  | { pattern: Pattern }
  /** A variable has no value in this request, and no default. */
  | 'absent'
  | { unknown: Unknown };

/**
 * Fills in policy variables: `${aws:PrincipalTag/team}`, `${key, 'default'}`, and `${*}`, `${?}`, `${$}`, which stand
 * for themselves.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function fillIn(text: string, request: PolicyRequest, variables: boolean): Filled {
  const tokens: Token[] = [];
  const parts = variables ? text.split(/(\$\{[^}]*\})/) : [text];
  let absent = false;
  for (const [index, part] of parts.entries()) {
    if (index % 2 === 0) {
      for (const char of part) tokens.push(char === '*' ? any : char === '?' ? one : char);
      continue;
    }
    const value = variableValue(part.slice(2, -1).trim(), request);
    if (typeof value === 'object') return value;
    if (value === undefined) absent = true;
    else tokens.push(...value);
  }
  return absent ? 'absent' : { pattern: tokens };
}

function variableValue(variable: string, request: PolicyRequest): string | undefined | { unknown: Unknown } {
  if (variable === '*' || variable === '?' || variable === '$') return variable;
  const [, name = variable, fallback] = /^([^,]*?)\s*,\s*'(.*)'$/.exec(variable) ?? [];
  const found = lookUp(request, name);
  if (found === 'absent') return fallback;
  // Keys of several values are no variables, and what AWS would take of one is not documented.
  if (found !== 'unknown' && 'known' in found && found.known.length === 1) return found.known[0];
  return { unknown: { what: 'variable', name } };
}
