import { describe, expect, it } from 'vitest';
import { cleanService, cleanTaskDefinition, cleanTasks } from '#diagnostics/facts/clean.ts';

const secret = 'hunter2hunter2';

describe('commands of a task definition lose their secrets and keep the rest', () => {
  it.each<[string, string[], string[]]>([
    ['in one word', ['sh', '-c', `DB_PASSWORD=${secret} ./start`], ['sh', '-c', './start']],
    ['behind the flag that names it', ['migrate', '--password', secret, '--steps', '3'], ['migrate', '3']],
    ['in an address', ['curl', `https://ada:${secret}@example.com/up`], ['curl', 'example.com/up']],
  ])('%s', async (_, command, kept) => {
    const { containerDefinitions } = await cleanTaskDefinition({
      containerDefinitions: [{ name: 'app', command, entryPoint: command, healthCheck: { command } }],
    });
    const text = JSON.stringify(containerDefinitions);
    expect(text).not.toContain(secret);
    for (const word of kept) expect(containerDefinitions?.[0]?.command?.join(' ')).toContain(word);
  });

  it('values of variables become fingerprints that tell changed from same', async () => {
    const cleaned = await cleanTaskDefinition({
      containerDefinitions: [
        { environment: [secret, secret, 'other'].map((value) => ({ name: 'A', value })) },
      ],
    });
    const [one, same, other] = cleaned.containerDefinitions?.[0]?.environment ?? [];
    expect(one?.value).toBe(same?.value);
    expect(one?.value).not.toBe(other?.value);
    expect(JSON.stringify(cleaned)).not.toContain(secret);
  });
});

it('overrides of a task hold no values, and its reasons are redacted', async () => {
  const task = {
    stoppedReason: `PASSWORD=${secret}`,
    containers: [{ reason: `PASSWORD=${secret}` }, {}, { reason: 'second\nline' }],
    overrides: {
      containerOverrides: [{ command: ['--token', secret], environment: [{ name: 'A', value: secret }] }],
    },
  };
  const cleaned = await cleanTasks([task, { stoppedReason: 'third' }, task, {}]);
  expect(JSON.stringify(cleaned)).not.toContain(secret);
  expect(cleaned.map(({ stoppedReason }) => stoppedReason)).toEqual([
    expect.stringContaining('redacted'),
    'third',
    expect.stringContaining('redacted'),
    undefined,
  ]);
  expect(cleaned[2]?.containers?.map(({ reason }) => reason)).toEqual([
    expect.stringContaining('redacted'),
    undefined,
    'second\nline',
  ]);
});

it('the texts of a service are redacted each in its own place', async () => {
  const cleaned = await cleanService({
    events: [{ message: `(service api) PASSWORD=${secret}` }, { message: 'second' }],
    deployments: [{ rolloutStateReason: `PASSWORD=${secret}` }, {}, { rolloutStateReason: 'third' }],
  });
  expect(JSON.stringify(cleaned)).not.toContain(secret);
  expect(cleaned.events?.[1]?.message).toBe('second');
  expect(cleaned.deployments?.map((one) => one.rolloutStateReason)).toEqual([
    expect.stringContaining('redacted'),
    undefined,
    'third',
  ]);
});
