import { distance } from 'fastest-levenshtein';

/** One thing wrong with the configuration. */
export interface Fault {
  file: string;
  line?: number | undefined;
  /** Path of the key, `environments.prod.account`, or the variable's name. */
  key?: string | undefined;
  wrong: string;
  expected: string;
}

/** The configuration cannot be used. The message has one line per fault and never holds a secret. */
export class ConfigError extends Error {
  override name = 'ConfigError';
  readonly faults: readonly Fault[];
  constructor(faults: readonly Fault[]) {
    super(faults.map(lineOf).join('\n'));
    this.faults = faults;
  }
}

function lineOf({ file, line, key, wrong, expected }: Fault): string {
  const place = line === undefined ? file : `${file}:${line}`;
  return `${[place, key, wrong].filter((part) => part !== undefined).join(': ')}; expected ${expected}`;
}

/** The one of some names that a misspelt one most likely stands for. */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  const plain = (text: string) => text.toLowerCase().replace(/[_-]/g, '');
  const ranked = [...known]
    .map((candidate) => ({ candidate, steps: distance(plain(name), plain(candidate)) }))
    .sort((a, b) => a.steps - b.steps);
  const best = ranked[0];
  return best && best.steps <= Math.max(2, Math.floor(name.length / 4)) ? best.candidate : undefined;
}

/** `; did you mean NAME`, or nothing. */
export function hint(name: string, known: Iterable<string>): string {
  const near = nearest(name, known);
  return near === undefined ? '' : ` (did you mean ${near})`;
}
