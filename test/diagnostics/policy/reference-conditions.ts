/** What a plain reading says; `undefined` is "cannot be known". */
export type Truth = boolean | undefined;

export function every(values: readonly Truth[]): Truth {
  let result: Truth = true;
  for (const value of values) {
    if (value === false) return false;
    if (value === undefined) result = undefined;
  }
  return result;
}

export function some(values: readonly Truth[]): Truth {
  let result: Truth = false;
  for (const value of values) {
    if (value === true) return true;
    if (value === undefined) result = undefined;
  }
  return result;
}

export function opposite(value: Truth): Truth {
  return value === undefined ? undefined : !value;
}

/** Key to values, or `null` for a key that the call is known not to carry. A key that is not here is unknown. */
export type Facts = ReadonlyMap<string, readonly string[] | null>;

/** Matches by trying every split, letter by letter. `crosses` tells whether the wildcard at that place may eat a colon. */
export function fits(form: string, text: string, crosses: (rest: string) => boolean = () => true): boolean {
  if (form === '') return text === '';
  const [head, tail] = [form.slice(0, 1), form.slice(1)];
  const eats = (char: string) => char !== '' && (char !== ':' || crosses(tail));
  const [first, rest] = [text.slice(0, 1), text.slice(1)];
  if (head === '*') return fits(tail, text, crosses) || (eats(first) && fits(form, rest, crosses));
  if (head === '?') return first !== '' && (first !== ':' || crosses(form)) && fits(tail, rest, crosses);
  // A letter that is meant literally stands behind a backslash.
  if (head === '\\') return first === tail.slice(0, 1) && fits(tail.slice(1), rest, crosses);
  return head === first && fits(tail, rest, crosses);
}

/** A form with its variables written out; undefined where one is unknown, null where one has no value. */
export function spelled(form: string, facts: Facts): string | undefined | null {
  let result = '';
  let [missing, unknown] = [false, false];
  for (let rest = form; rest !== ''; ) {
    const variable = /^\$\{([^}]*)\}/.exec(rest);
    if (!variable) {
      result += rest.slice(0, 1);
      rest = rest.slice(1);
      continue;
    }
    rest = rest.slice(variable[0].length);
    const [name = '', fallback] = (variable[1] ?? '').split(", '");
    const value = facts.get(name);
    if ('*?$'.includes(name)) result += `\\${name}`;
    else if (value === undefined || (value && value.length !== 1)) unknown = true;
    else if (value) result += literal(value[0] ?? '');
    else if (fallback !== undefined) result += literal(fallback.slice(0, -1));
    else missing = true;
  }
  if (unknown) return undefined;
  return missing ? null : result;
}

function literal(text: string): string {
  return [...text].map((char) => `\\${char}`).join('');
}

const positive: Record<string, (form: string, value: string) => Truth> = {
  StringEquals: (form, value) => form.replace(/\\/g, '') === value,
  StringEqualsIgnoreCase: (form, value) => form.replace(/\\/g, '').toUpperCase() === value.toUpperCase(),
  StringLike: (form, value) => fits(form, value),
  NumericEquals: (form, value) => numeric(form, value, (left, right) => left === right),
  NumericLessThan: (form, value) => numeric(form, value, (left, right) => left < right),
  Bool: (form, value) => {
    const plain = form.replace(/\\/g, '');
    const isBool = (text: string) => text === 'true' || text === 'false';
    return isBool(plain) && isBool(value) ? plain === value : undefined;
  },
};
const negative: Record<string, string> = {
  StringNotEquals: 'StringEquals',
  StringNotLike: 'StringLike',
  NumericNotEquals: 'NumericEquals',
};

function numeric(form: string, value: string, compare: (left: number, right: number) => boolean): Truth {
  const [left, right] = [Number(value), Number(form.replace(/\\/g, ''))];
  return Number.isNaN(left) || Number.isNaN(right) ? undefined : compare(left, right);
}

/** One key under one operator, as the documentation's tables tell it. */
export function condition(operator: string, key: string, wanted: readonly string[], facts: Facts): Truth {
  const values = facts.get(key);
  if (operator === 'Null')
    return values === undefined ? undefined : wanted.includes(values === null ? 'true' : 'false');
  const set = operator.startsWith('ForA') ? operator.slice(0, operator.indexOf(':')) : '';
  const ifExists = operator.endsWith('IfExists');
  const name = operator.slice(set ? set.length + 1 : 0, ifExists ? -'IfExists'.length : undefined);
  const isNegative = negative[name] !== undefined;
  const compare = positive[negative[name] ?? name];
  if (!compare || values === undefined) return undefined;
  if (values === null) return ifExists || set === 'ForAllValues' || (set === '' && isNegative);
  // Several values where one is compared: the documentation advises against it, and does not say what happens.
  if (set === '' && values.length > 1) return undefined;
  const forms = wanted.map((text) => spelled(text, facts));
  const one = (value: string): Truth => {
    const matched = some(
      forms.map((form) => {
        if (form === undefined) return undefined;
        if (form === null) return isNegative ? undefined : false;
        return compare(form, value);
      }),
    );
    return isNegative ? opposite(matched) : matched;
  };
  const each = values.map(one);
  return set === 'ForAnyValue' ? some(each) : every(each);
}
