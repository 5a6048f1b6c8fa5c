import { describe, expect, it } from 'vitest';
import { causeOf } from '#diagnostics/causes/index.ts';
import { clues } from '#diagnostics/rules/log-clues.ts';
import { signatures } from '#diagnostics/signatures/index.ts';
import { clip, normalise } from '#diagnostics/signatures/normalise.ts';

const patterns = [...signatures, ...clues].flatMap(({ cause, pattern, ...rest }) =>
  [pattern, 'and' in rest ? rest.and : undefined, rest.not]
    .filter((each) => each !== undefined)
    .map((each) => ({ cause, source: each.source, flags: each.flags })),
);

/** Repetitions outside a character class; `?` needs no bound. */
function unbounded(source: string): readonly string[] {
  const bare = source.replace(/\\./g, 'a').replace(/\[[^\]]*\]/g, 'a');
  return bare.match(/[*+]|\{\d+,\}/g) ?? [];
}

describe('every pattern', () => {
  it.each(patterns)('of $cause bounds each repetition: $source', ({ source }) => {
    expect(unbounded(source)).toEqual([]);
  });

  it.each(patterns)('of $cause repeats nothing that repeats: $source', ({ source }) => {
    const bare = source.replace(/\\./g, 'a').replace(/\[[^\]]*\]/g, 'a');
    expect(/\{\d+,\d+\}\)\{\d+,(?:[2-9]\d|\d{3,})\}/.test(bare)).toBe(false);
  });

  it.each(patterns)('of $cause ignores case and keeps no state between texts', ({ flags }) => {
    expect(flags).toBe('i');
  });
});

describe('every signature', () => {
  it.each(signatures)(
    'of $cause names causes of the catalogue and the look-up for its rivals',
    (signature) => {
      const named = [signature.cause, ...(signature.rivals ?? [])];
      expect(named.filter((id) => causeOf(id) === undefined)).toEqual([]);
      expect(signature.rivals === undefined || signature.decide !== undefined).toBe(true);
    },
  );
});

describe('a normalised text', () => {
  it.each([
    ['typographic quotes', 'You’ve “reached” it', 'You\'ve "reached" it'],
    ['round brackets', '(service web) (task 0a) alarm(s)', 'task 0a alarms'],
    ['escaped quotes', 'exec: \\"app\\": stat', 'exec: "app": stat'],
    ['white space', 'a\n\tb   c', 'a b c'],
    [
      'the placement prefix',
      'service (web) was unable to place a task. Reason: RESOURCE:CPU',
      'RESOURCE:CPU',
    ],
    ['the start prefix', 'Task failed to start: CannotPull', 'CannotPull'],
    ['a label', '"stoppedReason": "Task stopped by user"', 'Task stopped by user'],
    ['terminal colours', '\u001b[31mError\u001b[0m: no', 'Error: no'],
    ['a time stamp', '2026-01-01T00:00:00Z RESOURCE:CPU', 'RESOURCE:CPU'],
  ])('is free of %s', (_, raw, text) => {
    expect(normalise(raw).text).toBe(text);
  });

  it('keeps the service that the prefix named', () => {
    expect(normalise('(service web) has reached a steady state.').service).toBe('web');
  });

  it('keeps sentences that only begin like a prefix', () => {
    expect(normalise('Service deployment stopped by user').text).toBe('Service deployment stopped by user');
  });

  it('is never longer than the limit, however long the text', () => {
    expect(clip('x'.repeat(65_536)).length).toBe(clip('x'.repeat(655_360)).length);
  });
});
