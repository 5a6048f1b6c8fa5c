import { fillIn, type Looked, lookUp } from './context.ts';
import type { Condition } from './document.ts';
import { type Operator, operators } from './operators.ts';
import type { Pattern } from './pattern.ts';
import { agreed, all, any, not, type Tri, triOf } from './tri.ts';
import type { PolicyRequest, Unknown } from './types.ts';

/** What a part of a statement says of a request, and what kept it from being decided. */
export interface Judged {
  value: Tri;
  because: Unknown[];
}

type Sets = 'ForAllValues' | 'ForAnyValue' | undefined;

/**
 * Whether one condition holds. A key that is absent fails it, unless the operator is negated or ends in `IfExists`, or
 * asks for all values, of which there are none.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
 */
export function judgeCondition(condition: Condition, request: PolicyRequest, variables: boolean): Judged {
  const { key, wanted, operator: written } = condition;
  const [, sets, name = '', ifExists] =
    /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(written) ?? [];
  const found = lookUp(request, key);
  if (name === 'Null' && !sets && !ifExists) return judgeNull(condition, found);
  const operator = Object.hasOwn(operators, name) ? operators[name] : undefined;
  if (!operator) return open({ what: 'operator', name: written });
  if (found === 'unknown') return open({ what: 'key', name: key, operator: written });
  if (found === 'absent') return decided(absentHolds(operator, sets as Sets, ifExists !== undefined));
  const { patterns, unknown } = fillAll(wanted, operator, request, variables);
  const known =
    'guess' in found
      ? guessHolds(operator, patterns, found, sets as Sets)
      : knownHolds(operator, patterns, found.known, sets as Sets);
  // One more value could only make a match of what is none yet.
  const value = unknown && known !== triOf(!operator.negated) ? 'open' : known;
  return value === 'open' ? open(unknown ?? { what: 'value', name: key, operator: written }) : decided(value);
}

function fillAll(
  wanted: readonly string[],
  { negated }: Operator,
  request: PolicyRequest,
  variables: boolean,
): { patterns: Pattern[]; unknown?: Unknown } {
  const patterns: Pattern[] = [];
  let unknown: Unknown | undefined;
  for (const text of wanted) {
    const filled = fillIn(text, request, variables);
    // Without the variable's value the condition does not match, says AWS; of its negation it says nothing.
    if (filled === 'absent') unknown ??= negated ? { what: 'variable', name: text } : undefined;
    else if ('unknown' in filled) unknown ??= filled.unknown;
    else patterns.push(filled.pattern);
  }
  return unknown ? { patterns, unknown } : { patterns };
}

function judgeNull({ key, wanted, operator }: Condition, found: Looked): Judged {
  if (found === 'unknown') return open({ what: 'key', name: key, operator });
  const asked = wanted.map((text) => text.toLowerCase());
  if (!asked.every((text) => text === 'true' || text === 'false'))
    return open({ what: 'value', name: key, operator });
  return decided(triOf(asked.includes(found === 'absent' ? 'true' : 'false')));
}

function absentHolds({ negated }: Operator, sets: Sets, ifExists: boolean): Tri {
  if (ifExists || sets === 'ForAllValues') return 'yes';
  return triOf(sets === undefined && negated);
}

function knownHolds(
  operator: Operator,
  wanted: readonly Pattern[],
  values: readonly string[],
  sets: Sets,
): Tri {
  const each = values.map((value) => {
    const matched = any(wanted.map((pattern) => operator.compare(pattern, value)));
    return operator.negated ? not(matched) : matched;
  });
  if (sets === 'ForAllValues') return all(each);
  if (sets === 'ForAnyValue') return any(each);
  // Several values without a set operator: AWS advises against it, and does not say what comes of it.
  return values.length === 1 ? all(each) : 'open';
}

function guessHolds(
  operator: Operator,
  wanted: readonly Pattern[],
  { guess }: Extract<Looked, { guess: unknown }>,
  sets: Sets,
): Tri {
  if (sets) return 'open';
  return agreed(
    guess.anyOf.map((one) => {
      const matched = any(
        wanted.map((pattern) =>
          'exact' in one
            ? operator.compare(pattern, one.exact)
            : (operator.comparePrefix?.(pattern, one.prefix) ?? 'open'),
        ),
      );
      return operator.negated ? not(matched) : matched;
    }),
  );
}

function decided(value: Tri): Judged {
  return { value, because: [] };
}

function open(unknown: Unknown): Judged {
  return { value: 'open', because: [unknown] };
}
