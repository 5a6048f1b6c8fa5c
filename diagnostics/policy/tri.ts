/** What is known of a question: yes, no, or not decidable with what is known. */
export type Tri = 'yes' | 'no' | 'open';

export function triOf(truth: boolean): Tri {
  return truth ? 'yes' : 'no';
}

export function not(value: Tri): Tri {
  if (value === 'open') return 'open';
  return value === 'yes' ? 'no' : 'yes';
}

/** Yes where all are, no as soon as one is. */
export function all(values: readonly Tri[]): Tri {
  if (values.includes('no')) return 'no';
  return values.includes('open') ? 'open' : 'yes';
}

/** Yes as soon as one is, no where all are. */
export function any(values: readonly Tri[]): Tri {
  if (values.includes('yes')) return 'yes';
  return values.includes('open') ? 'open' : 'no';
}

/** What holds if one of these is the case and nobody knows which. */
export function agreed(values: readonly Tri[]): Tri {
  const [first = 'open'] = values;
  return values.every((value) => value === first) ? first : 'open';
}
