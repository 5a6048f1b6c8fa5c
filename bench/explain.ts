import { readFile } from 'node:fs/promises';
import { explain } from '#diagnostics/explain.ts';
import { observationSchema } from '#diagnostics/observation.ts';
import type { Row } from './table.ts';

/** Milliseconds to measure for, after as long a time that only warms up. */
const span = 2_000;

/**
 * Explanations a second on one core: the recorded failure texts of test/corpus, parsed before, explained over and
 * over in one thread.
 */
export async function explaining(): Promise<Row[]> {
  const corpus = await readFile(new URL('../test/corpus/train.jsonl', import.meta.url), 'utf8');
  const observations = corpus
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => observationSchema.parse(JSON.parse(line)));
  const run = () => {
    const began = performance.now();
    let count = 0;
    while (performance.now() - began < span) {
      for (const observation of observations) explain(observation);
      count += observations.length;
    }
    return (count / (performance.now() - began)) * 1000;
  };
  run();
  return [
    {
      measure: `Explanations a second, one core, ${observations.length} texts`,
      value: Math.round(run()).toLocaleString('en'),
    },
  ];
}
