import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodePage, pageBeside } from '#diagnostics/log-page.ts';
import type { LogTail, Report } from '#diagnostics/report.ts';
import { openSandboxAws, type SandboxAws } from '#test/ask-sandbox.ts';

// The command `logs` over the sandbox's AWS: real SDK and HTTP, without Slack.

let sandbox: SandboxAws;
beforeAll(async () => {
  sandbox = await openSandboxAws();
});
afterAll(() => sandbox.close());

const tailsOf = ({ details }: Report): LogTail[] => details.logs ?? [];
const messages = (report: Report) =>
  tailsOf(report).flatMap(({ lines }) => lines.map(({ message }) => message));
const operations = () =>
  sandbox.endpoint.calls.map(({ operation }) => operation).filter((name) => name !== 'AssumeRole');

describe('costs three calls and one a container', () => {
  it.each([
    ['after a crash', 'logs api prod', 1],
    ['with two containers', 'logs orders prod', 2],
    ['of two running tasks', 'logs frontend prod', 2],
  ] as const)('%s', async (_when, typed, containers) => {
    sandbox.restart();
    const report = await sandbox.report(typed);
    const reads = operations().filter((name) => name === 'GetLogEvents').length;
    expect(operations()).toHaveLength(3 + containers);
    expect(reads).toBe(containers);
    expect(report.aws.waves).toBe(3);
  });

  it('of a service whose events have forgotten the start of its tasks', async () => {
    sandbox.restart();
    await sandbox.report('logs glacier prod');
    const first = operations().slice(0, operations().indexOf('GetLogEvents'));
    expect(first.toSorted()).toEqual(['DescribeServices', 'DescribeTaskDefinition', 'ListTasks']);
  });
});

describe('a log that wishes ill', () => {
  let text: string;
  let report: Report;
  beforeAll(async () => {
    report = await sandbox.report('logs parrot prod');
    text = JSON.stringify(report.details);
  });

  it.each(['Tr0ub4dor', 'wJalrXUtnFEMI', 'correct-horse-battery'])(
    'does not show the secret %s',
    (secret) => {
      expect(text).not.toContain(secret);
    },
  );

  it('shows that a secret was there, and the host beside it', () => {
    expect(messages(report).join('\n')).toMatch(
      /postgres:\/\/parrot:\[redacted: [a-z ]+\]@db\.internal:5432/,
    );
  });

  it('is whole, without colours, though a line has 64 KB', () => {
    expect(messages(report).some((message) => message.length > 65_000)).toBe(true);
    expect(text).not.toContain('\\u001b');
    expect(text.isWellFormed()).toBe(true);
  });
});

describe('pages', () => {
  const page = async (report: Report, direction: 'older' | 'newer' | 'first') => {
    const found = pageBeside(tailsOf(report), direction);
    if (found === undefined) throw new Error(`no ${direction} page`);
    const answer = await sandbox.run({
      command: 'logs',
      service: 'parrot',
      environment: 'prod',
      options: { page: found },
    });
    if (answer.kind !== 'report') throw new Error(answer.kind);
    return answer.report;
  };

  it('lead back to the first line and forward to where they began, each line once', async () => {
    const newest = await sandbox.report('logs parrot prod');
    const pages = [newest];
    while (tailsOf(pages[0] as Report).some(({ older }) => older))
      pages.unshift(await page(pages[0] as Report, 'older'));
    const all = pages.flatMap(messages);
    const calls = all.flatMap((message) => /call (\d+)$/.exec(message)?.[1] ?? []).map(Number);
    expect(calls).toEqual(Array.from({ length: 300 }, (_, index) => index + 1));
    const forward = await page(pages[1] as Report, 'newer');
    expect(messages(forward).slice(0, 50)).toEqual(messages(pages[2] as Report).slice(0, 50));
  });

  it('begin where the log does, for a press and for who types it', async () => {
    const typed = messages(await sandbox.report('logs parrot prod --head'));
    expect(typed.join(' ')).toMatch(/call 1\b.*call 2\b/);
    const newest = await sandbox.report('logs parrot prod');
    const first = await page(newest, 'first');
    expect(messages(first)).toEqual(typed);
    expect(first.verdict.headline).toBe('parrot in prod: the first 100 log lines of app');
    expect(tailsOf(first)).toMatchObject([{ older: false, newer: true }]);
  });

  it('survive that everything was written in one millisecond', () => {
    const cursor = decodePage(
      pageBeside(
        [
          {
            container: 'app',
            task: 'a',
            revision: 'a:1',
            stream: 'x/app/a',
            lines: [],
            from: { at: 5, skip: 100 },
          },
        ],
        'older',
      ),
    );
    expect(cursor).toEqual({
      direction: 'older',
      places: [{ task: 'a', revision: 'a:1', container: 'app', at: 5, skip: 100 }],
    });
  });
});

describe('a search', () => {
  it('finds what was written long before the last lines', async () => {
    const report = await sandbox.report('logs parrot prod --filter "call 17"');
    expect(messages(report)[0]).toContain('call 17');
  });

  it('says that nothing was found, and where', async () => {
    const report = await sandbox.report('logs parrot prod --filter "never written"');
    expect(report.verdict.headline).toBe('parrot in prod: no line holds “never written”');
  });

  it.each([
    ['"', /no line holds “"”/],
    ['a \\" b', /no line holds/],
    ['[w1, w2', /no line holds/],
    ['{ $.x = ', /no line holds/],
    ['?a -b %c', /no line holds/],
    ['<!channel> <@U0ADA>', /1 log line of app/],
  ])('reads no language into %s', async (filter, headline) => {
    const options = { filter };
    const answer = await sandbox.run({ command: 'logs', service: 'parrot', environment: 'prod', options });
    expect(answer).toMatchObject({ report: { verdict: { headline: expect.stringMatching(headline) } } });
  });

  it.each([
    ['is too long for CloudWatch', 'x'.repeat(65_536), /too long: CloudWatch takes 1,022 .* has 65,536\.$/],
    ['is of several lines', 'a\nb', /several lines/],
    ['is nothing but colours', '\u001b[31m\u001b[0m', /empty/],
  ])('that %s is refused with a sentence, and AWS is not asked', async (_what, filter, said) => {
    sandbox.restart();
    const asked = sandbox.run({
      command: 'logs',
      service: 'parrot',
      environment: 'prod',
      options: { filter },
    });
    await expect(asked).rejects.toMatchObject({ name: 'UsageError', message: expect.stringMatching(said) });
    expect(operations()).toEqual([]);
  });

  it('that CloudWatch does not take is told to whoever typed it', async () => {
    const message = 'Invalid filter pattern';
    sandbox.endpoint.faults.add('logs:FilterLogEvents', {
      kind: 'error',
      name: 'InvalidParameterException',
      message,
    });
    const asked = sandbox.report('logs parrot prod --filter §');
    await expect(asked).rejects.toMatchObject({
      name: 'UsageError',
      message: expect.stringContaining('CloudWatch does not take “§” to search by: Invalid filter pattern'),
    });
    sandbox.endpoint.faults.clear();
  });

  it('for errors takes what a line says of itself, and folds what repeats', async () => {
    const report = await sandbox.report('logs tollbooth staging --errors');
    const [entry, ...more] = tailsOf(report)[0]?.entries ?? [];
    expect(more).toEqual([]);
    expect(entry).toMatchObject({ level: 'error', count: 24 });
    expect(entry?.text).toContain('at Ledger.charge');
  });
});

describe('no lines, and why', () => {
  it.each<[string, string, string, RegExp]>([
    [
      'the process wrote nothing',
      'logs hearth prod',
      'nothing-written',
      /wrote nothing.*keeps lines for 30 days/,
    ],
    ['it has expired', 'logs glacier prod', 'expired', /7 days.*run for 40 days.*expired by retention/],
    [
      'its stream could not be created',
      'logs tessera staging',
      'not-created',
      /tessera-execution lacks logs:CreateLogStream on \/ecs\/tessera/,
    ],
    [
      'its class is read by queries only',
      'logs permafrost staging',
      'log-class',
      /INFREQUENT_ACCESS.*Insights can/,
    ],
    [
      'it goes to Datadog',
      'logs dovecote staging --container app',
      'elsewhere',
      /FireLens through log_router, to Datadog/,
    ],
    ['nobody keeps it', 'logs pylon staging', 'elsewhere', /on Fargate nothing of its output is kept/],
  ])('%s', async (_why, typed, why, text) => {
    const [tail] = tailsOf(await sandbox.report(typed));
    expect(tail).toMatchObject({ lines: [], why, missing: expect.stringMatching(text) });
  });

  it('never a key of where it goes instead', async () => {
    const text = JSON.stringify(await sandbox.report('logs dovecote staging'));
    expect(text).not.toMatch(/apikey|datadog\/key/);
    expect(text).toContain('https://app.datadoghq.eu/logs?query=service%3Adovecote');
  });
});

it('the revision before has its log read where its tasks are known', async () => {
  const report = await sandbox.report('logs api prod --previous');
  expect(report.details.logView?.revision).toBe('api:41');
  expect(tailsOf(report)[0]?.revision).toBe('api:41');
});
