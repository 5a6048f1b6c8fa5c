import { describe, expect, it } from 'vitest';
import { sourceIdentity } from '#src/aws/assume-role.ts';
import { fc } from '#test/property.ts';

describe("a person's name in CloudTrail", () => {
  it.each(['U0123ABCD', 'ann@U0123ABCD', 'ann.smith', 'a='.repeat(32)])('%s stays as it is', (name) => {
    expect(sourceIdentity(name)).toBe(name);
  });

  it.each([
    ['Jörg Müller', /^Jorg-Muller-[0-9a-f]{8}$/],
    ['x', /^x-[0-9a-f]{8}$/],
    ['', /^person-[0-9a-f]{8}$/],
    ['aws:root', /^aws-root-[0-9a-f]{8}$/],
    ['山田', /^--?[0-9a-f]{8}$/],
  ])('%s is written with the letters that STS takes', (name, expected) => {
    expect(sourceIdentity(name)).toMatch(expected);
  });

  it('always has the form that STS asks for, and two people never share one', () => {
    const name = fc.string({ unit: 'grapheme', maxLength: 90 });
    fc.assert(
      fc.property(name, name, (one, other) => {
        expect(sourceIdentity(one)).toMatch(/^[\w+=,.@-]{2,64}$/);
        expect(sourceIdentity(one) === sourceIdentity(other)).toBe(one === other);
      }),
    );
  });
});
