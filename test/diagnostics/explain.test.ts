import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { causeOf } from '#diagnostics/causes/index.ts';
import { explain, unknownCause } from '#diagnostics/explain.ts';
import { contextSchema, observationSchema, whereSchema } from '#diagnostics/observation.ts';
import { fc } from '#test/property.ts';

const entrySchema = observationSchema.extend({
  id: z.string(),
  expected: z.object({ cause: z.string(), severity: z.enum(['error', 'warn', 'info']) }),
});

function entries(name: string) {
  const file = readFileSync(new URL(`../corpus/${name}.jsonl`, import.meta.url), 'utf8');
  return file
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => entrySchema.parse(JSON.parse(line)));
}

function wrongIn(name: string) {
  return entries(name)
    .map((entry) => ({ id: entry.id, expected: entry.expected.cause, got: explain(entry)[0]?.cause }))
    .filter(({ expected, got }) => expected !== got);
}

describe.each(['train', 'own'])('the corpus %s', (name) => {
  it('is explained rightly in at least 97 of 100 entries', () => {
    const wrong = wrongIn(name);
    expect(wrong.length / entries(name).length, JSON.stringify(wrong, null, 1)).toBeLessThanOrEqual(0.03);
  });

  it('never calls an expected event an error', () => {
    const alarms = entries(name).filter(
      (entry) => entry.expected.severity === 'info' && explain(entry)[0]?.severity === 'error',
    );
    expect(alarms.map(({ id }) => id)).toEqual([]);
  });

  it('is read the same from a paste: other quotes, line breaks, upper case, a full stop more', () => {
    const pastes = [
      (text: string) => text.replaceAll("'", '’').replaceAll('"', '“'),
      (text: string) => `  ${text.replaceAll(' ', '\n')}  `,
      (text: string) => JSON.stringify(text),
    ];
    const changed = entries(name).flatMap((entry) =>
      pastes
        .map(
          (paste) =>
            explain({ ...entry, text: entry.where === 'log.line' ? entry.text : paste(entry.text) })[0]
              ?.cause,
        )
        .filter((cause) => cause !== explain(entry)[0]?.cause)
        .map((cause) => ({ id: entry.id, cause })),
    );
    expect(changed).toEqual([]);
  });
});

describe('an explanation', () => {
  it('never fails and always answers, whatever the text and the context', () => {
    const context = fc.dictionary(
      fc.constantFrom(
        ...Object.keys(contextSchema.shape),
        'dependsOn',
        'recentStopped',
        'restartCount',
        'note',
      ),
      fc.oneof(
        fc.string(),
        fc.integer(),
        fc.constant(null),
        fc.constantFrom('EssentialContainerExited', 'UserInitiated', 'service:a'),
      ),
    );
    const container = fc.record(
      {
        name: fc.string(),
        exitCode: fc.option(fc.integer()),
        reason: fc.option(fc.string()),
        essential: fc.option(fc.boolean()),
      },
      { requiredKeys: ['name'] },
    );
    const observation = fc.record({
      where: fc.option(fc.constantFrom(...whereSchema.options)),
      text: fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.lorem()),
      context: fc.option(
        fc
          .tuple(context, fc.array(container))
          .map(([rest, otherContainers]) => ({ ...rest, otherContainers })),
      ),
    });
    fc.assert(
      fc.property(observation, (raw) => {
        const parsed = observationSchema.safeParse(raw);
        if (!parsed.success) return;
        const all = explain(parsed.data);
        expect(all.length).toBeGreaterThan(0);
        for (const { cause, why } of all) {
          expect(cause === unknownCause || causeOf(cause) !== undefined, cause).toBe(true);
          expect(why).not.toBe('');
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('does not depend on the order in which the containers are listed', () => {
    const containers = [
      { name: 'web', exitCode: 1 },
      { name: 'log_router', exitCode: 0 },
      { name: 'xray-daemon', exitCode: 143 },
      { name: 'worker', exitCode: 137 },
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(containers, { minLength: 4 }), (otherContainers) => {
        const [first] = explain({
          where: 'task.stoppedReason',
          text: 'Essential container in task exited',
          context: { stopCode: 'EssentialContainerExited', group: 'service:web', otherContainers },
        });
        expect(first).toMatchObject({ cause: 'app-exit-error', culprit: 'web' });
      }),
    );
  });

  it('keeps the unknown open and asks for what would tell', () => {
    expect(explain({ text: 'The flux capacitor is misaligned' })).toMatchObject([
      {
        cause: unknownCause,
        status: 'open',
        severity: 'warn',
        decide: expect.stringContaining('describe-tasks'),
      },
    ]);
  });

  it('ranks what the same words may also mean behind the first, and calls none confirmed', () => {
    const all = explain({
      text: 'CannotPullContainerError: failed to copy: httpReaderSeeker: failed open: unexpected status code',
    });
    expect(all.map(({ cause }) => cause)).toEqual([
      'image-pull-failed-unclear',
      'image-ecr-permission',
      'image-layer-s3-unreachable',
      'image-not-found',
      'image-arch-mismatch',
    ]);
    expect(all.map(({ status }) => status)).not.toContain('confirmed');
  });

  it.each([
    ['an out-of-memory text', 'OutOfMemoryError: Container killed due to memory usage'],
    ['a pull error', 'CannotPullContainerError: not found'],
    ['nothing', ''],
  ])('lets the stop code outrank %s that the caller of StopTask wrote', (_, text) => {
    const [first] = explain({ where: 'task.stoppedReason', text, context: { stopCode: 'UserInitiated' } });
    expect(first).toMatchObject({ cause: 'user-stopped', severity: 'info' });
  });

  it('names what the text names, for the fix', () => {
    const [first] = explain({
      where: 'task.stoppedReason',
      text: 'unable to retrieve secret from asm: failed to fetch secret arn:aws:secretsmanager:eu-west-1:111122223333:secret:app/db-AbCdEf from secrets manager: AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/exec/1 is not authorized to perform: secretsmanager:GetSecretValue on resource: arn:aws:secretsmanager:eu-west-1:111122223333:secret:app/db-AbCdEf because no identity-based policy allows the secretsmanager:GetSecretValue action',
      context: { stopCode: 'TaskFailedToStart' },
    });
    expect(first).toMatchObject({
      cause: 'secret-permission-denied',
      status: 'confirmed',
      names: {
        action: 'secretsmanager:GetSecretValue',
        resource: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:app/db-AbCdEf',
        region: 'eu-west-1',
      },
    });
  });
});

describe('a text of 64 KB', () => {
  const filler = 'CannotPullContainerError: failed to request pull access denied '
    .repeat(1_100)
    .slice(0, 65_536);

  it('is read through its ends alone, so that its length does not matter', () => {
    const short = `${filler.slice(0, 6_000)} … ${filler.slice(-2_000)}`;
    expect(explain({ text: filler })).toEqual(explain({ text: short }));
  });

  it.each(['task.stoppedReason', 'container.reason', 'service.event', 'log.line'] as const)(
    'is answered wherever it stands: %s',
    (where) => {
      expect(explain({ where, text: filler, context: { logTail: filler } }).length).toBeGreaterThan(0);
    },
  );
});

describe('what somebody types who has nothing else', () => {
  it.each([
    ['exit code 139', 'app-segfault'],
    ['Exit Code: 127', 'app-command-not-found'],
    ['exited with code 134', 'app-abort'],
    ['137', 'sigkill-unexplained'],
    ['OutOfMemoryError', 'oom-container'],
  ])('%s', (text, cause) => {
    expect(explain({ text })[0]?.cause).toBe(cause);
  });

  it('a number within other words is no exit code', () => {
    expect(explain({ text: 'listening on 8080, 137 clients' })[0]?.cause).toBe('unknown');
  });
});
