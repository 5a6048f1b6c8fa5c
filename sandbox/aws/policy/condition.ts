import { NotInSandbox } from '../errors.ts';
import { list, type PolicyStatement } from './document.ts';
import { isLike } from './like.ts';

/** The values of the condition keys that the caller gave, by their names in lower case. */
export type Context = ReadonlyMap<string, readonly string[]>;

/** One key under one operator. */
interface Asked {
  operator: string;
  key: string;
  wanted: string[];
}

export function conditionsOf({ Condition = {} }: PolicyStatement): Asked[] {
  return Object.entries(Condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, wanted]) => ({ operator, key, wanted: list(wanted) })),
  );
}

const comparisons: Record<string, (value: string, wanted: string) => boolean> = {
  StringEquals: (value, wanted) => value === wanted,
  StringEqualsIgnoreCase: (value, wanted) => value.toLowerCase() === wanted.toLowerCase(),
  StringLike: (value, wanted) => isLike(value, wanted),
  ArnEquals: (value, wanted) => isLike(value, wanted),
  ArnLike: (value, wanted) => isLike(value, wanted),
  Bool: (value, wanted) => value.toLowerCase() === wanted.toLowerCase(),
  NumericEquals: (value, wanted) => Number(value) === Number(wanted),
  NumericLessThan: (value, wanted) => Number(value) < Number(wanted),
  NumericGreaterThan: (value, wanted) => Number(value) > Number(wanted),
};

const opposites: Record<string, string> = {
  StringNotEquals: 'StringEquals',
  StringNotEqualsIgnoreCase: 'StringEqualsIgnoreCase',
  StringNotLike: 'StringLike',
  ArnNotEquals: 'ArnEquals',
  ArnNotLike: 'ArnLike',
};

/**
 * Whether a condition holds for what the caller gave; a key that was not given counts as absent.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function holds({ operator, key, wanted }: Asked, context: Context): boolean {
  const given = context.get(key.toLowerCase()) ?? [];
  if (operator === 'Null') return wanted.includes(String(given.length === 0));
  const sets = /^(ForAllValues|ForAnyValue):/.exec(operator)?.[1];
  const bare = operator.replace(/^.*:/, '').replace(/IfExists$/, '');
  const opposite = opposites[bare];
  const compare = comparisons[opposite ?? bare];
  if (!compare) throw new NotInSandbox(`the condition operator ${operator}`);
  if (given.length === 0) {
    if (operator.endsWith('IfExists') || sets === 'ForAllValues') return true;
    return opposite !== undefined && sets === undefined;
  }
  const fits = (value: string) => wanted.some((one) => compare(value, one)) === (opposite === undefined);
  return sets === 'ForAnyValue' ? given.some(fits) : given.every(fits);
}
