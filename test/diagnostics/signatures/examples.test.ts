import { describe, expect, it } from 'vitest';
import { recognise, signatures } from '#diagnostics/signatures/index.ts';
import { normalise } from '#diagnostics/signatures/normalise.ts';
import { match } from '#diagnostics/signatures/signature.ts';

const cases = signatures.flatMap((signature) =>
  signature.examples.map((example) => ({ signature, cause: signature.cause, example })),
);

describe('every signature', () => {
  it.each(cases)('$cause knows "$example"', ({ signature, example }) => {
    expect(match(signature, normalise(example), undefined)?.signature).toBe(signature);
  });

  it.each(cases)('$cause is the answer to "$example"', ({ cause, example, signature }) => {
    expect(recognise(normalise(example), signature.where?.[0])?.signature.cause).toBe(cause);
  });
});
