import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '#diagnostics/report.ts';
import { openSandboxAws, type SandboxAws } from '#test/ask-sandbox.ts';
import { queryAccounts } from '#test/query-accounts.ts';

const now = new Date();
const accounts = queryAccounts(0, now);
const running = (looks: number) => queryAccounts(looks, now);
let sandbox: SandboxAws;
beforeAll(async () => {
  sandbox = await openSandboxAws({ now, accounts });
});
afterEach(() => {
  sandbox.endpoint.faults.clear();
  sandbox.endpoint.setAccounts(accounts);
  sandbox.restart();
});
afterAll(() => sandbox.close());

const operations = () => sandbox.endpoint.calls.map(({ operation }) => operation);
const missing = ({ notChecked }: Report) => notChecked.map((entry) => entry.missing);

describe('a query of the library', () => {
  const time = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z`;
  // Side by side, for each waits half a second before it looks.
  it.concurrent.each([
    [
      'insights refunds prod',
      '2 patterns make 98 % of 16\\d errors; the first: ERROR refund … failed: gateway timeout after … ms',
      ['14\\d', '\\d\\d %', 'ERROR refund … failed: gateway timeout after … ms'],
    ],
    [
      'insights fares prod --query latency',
      `p95 rose from 9\\d ms to 1,[89]\\d\\d ms at ${time}, with the deployment of fares:88`,
      [time, '\\d+', '\\d+', '\\d{3,4}', '\\d{3,4}'],
    ],
    [
      'insights fares prod --query slow',
      `the slowest of 6\\d\\d requests took 1,95\\d ms: /[a-z/]+ at ${time}`,
      [time, '195\\d', '/[a-z/]+', '200'],
    ],
    [
      'insights levies staging --query exceptions',
      '\\d\\d exceptions: DeadlineExceeded 5\\d, (?:ConnectionRefused|ValidationError) 1\\d and .*',
      ['5\\d', 'DeadlineExceeded', 'levy failed: rates service did not answer in 2000 ms', '2'],
    ],
    [
      'insights levies staging',
      '3 patterns make \\d\\d errors; the first: levy failed: rates service did not answer in … ms',
      ['5\\d', '\\d\\d %', 'levy failed: rates service did not answer in … ms'],
    ],
    [
      'insights glazier staging --query last-lines',
      '6 of 6 stopped tasks end on the same line: fatal: no license, giving up after 3 tries',
      [time, 'glazier 0.31.0 starting', '[0-9a-f]{8}', time],
    ],
    [
      'insights glazier staging --compare --since 30m',
      `nothing new is written against ${time} to ${time}.*`,
      ['\\d+', '\\d+', '.+'],
    ],
    [
      'insights refunds prod --compare',
      `nothing new is written against ${time} to ${time}.*`,
      ['\\d+', '\\d+', '.+'],
    ],
  ])('%s', async (typed, headline, row) => {
    const { verdict, details, notChecked } = await sandbox.report(typed);
    expect(verdict.headline).toMatch(new RegExp(`^\\w+ in \\w+: ${headline}$`));
    expect(verdict.state).toBe('healthy');
    expect(notChecked).toEqual([]);
    const { rows = [], columns = [] } = details.insights ?? {};
    expect(rows.every((cells) => cells.length === columns.length)).toBe(true);
    expect(rows[0]).toEqual(row.map((cell) => expect.stringMatching(new RegExp(`^${cell}$`))));
  });

  it('looks at the quarter of an hour around the newest failure', async () => {
    const { details } = await sandbox.report('insights glazier staging');
    const { around = '', from = '', to = '' } = details.insights ?? {};
    expect(Date.parse(to) - Date.parse(from)).toBe(15 * 60_000);
    expect(Date.parse(around)).toBeGreaterThan(Date.parse(from));
    expect(Date.parse(around)).toBeLessThanOrEqual(Date.parse(to));
  });

  it('says what it cost, and how the same is asked in the console', async () => {
    const { details } = await sandbox.report('insights refunds prod');
    const { insights } = details;
    expect(insights).toMatchObject({ state: 'complete', groups: ['/ecs/refunds'] });
    expect(insights?.scanned).toBeGreaterThan(400);
    expect(insights?.bytes).toBeGreaterThan(10_000);
    expect(insights?.dollars).toBeCloseTo(((insights?.bytes ?? 0) / 1024 ** 3) * 0.005);
    expect(insights?.console).toMatch(/^https:\/\/us-east-1\.console\.aws\.amazon\.com\/cloudwatch\/home\?/);
  });

  it('asks nothing of AWS twice but how far it is', async () => {
    await sandbox.report('insights refunds prod');
    const asked = operations().filter(
      (operation) => operation !== 'GetQueryResults' && operation !== 'AssumeRole',
    );
    expect(asked.filter((operation) => operation === 'StartQuery')).toHaveLength(1);
    expect(asked.length).toBeLessThanOrEqual(8);
    expect(operations()).not.toContain('StopQuery');
  });

  it('is answered by its own facts again, without AWS', async () => {
    let saved = '';
    const first = await sandbox.report('insights refunds prod', {
      facts: { save: (text) => (saved = text) },
    });
    sandbox.restart();
    const again = await sandbox.report('insights refunds prod', { facts: { load: saved } });
    expect(again.verdict).toEqual(first.verdict);
    expect(again.details.insights?.rows).toEqual(first.details.insights?.rows);
    expect(operations()).toEqual([]);
  });
});

describe('where there is nothing to show', () => {
  it('that nothing matched is said of the span and the group', async () => {
    const { verdict } = await sandbox.report('insights lounge prod');
    expect(verdict).toMatchObject({ state: 'healthy' });
    expect(verdict.headline).toMatch(/^lounge in prod: nothing matched in .*: no error in \/ecs\/lounge$/);
  });

  it('a group that does not exist is no log without errors', async () => {
    const { verdict } = await sandbox.report('insights parlour prod');
    expect(verdict.state).toBe('unknown');
    expect(verdict.headline).toContain('the log group /ecs/parlour does not exist in us-east-1');
    expect(verdict.headline).not.toMatch(/no error|nothing matched/);
  });

  it('a log without what the query reads costs no query', async () => {
    const { verdict } = await sandbox.report('insights refunds prod --query latency');
    expect(verdict.state).toBe('unknown');
    expect(verdict.headline).toContain('no response time was recognised in the newest lines of app');
    expect(operations()).not.toContain('StartQuery');
  });

  it('a span without a line is told apart from one without a match', async () => {
    const { verdict } = await sandbox.report('insights lounge prod --since 5s');
    expect(verdict.state).toBe('unknown');
    expect(verdict.headline).toContain('/ecs/lounge holds no line of');
  });

  it.each([
    [
      'insights refunds prod',
      'healthy',
      /2 patterns make 98 % of 16\d errors; the first: ERROR refund … failed: gateway timeout after … ms/,
    ],
    ['insights refunds prod --compare', 'unknown', /class INFREQUENT_ACCESS know neither pattern nor diff/],
  ])(
    '%s over a group for infrequent access does without what that does not know',
    async (typed, state, text) => {
      sandbox.endpoint.setAccounts(queryAccounts(0, now, { logGroupClass: 'INFREQUENT_ACCESS' }));
      const { verdict, notChecked } = await sandbox.report(typed);
      expect(verdict.headline).toMatch(text);
      expect(verdict.state).toBe(state);
      expect(notChecked).toEqual([]);
    },
  );

  it('too many queries in the account are said to be that', async () => {
    const message = 'You have exceeded the limit of concurrent queries.';
    sandbox.endpoint.faults.add('logs:StartQuery', {
      kind: 'error',
      name: 'LimitExceededException',
      message,
    });
    const { verdict } = await sandbox.report('insights refunds prod');
    expect(verdict.state).toBe('unknown');
    expect(verdict.headline).toContain('ask again in a minute');
  });
});

describe('a query that runs', () => {
  it('tells how far it is', async () => {
    const told: Report[] = [];
    sandbox.endpoint.setAccounts(running(2));
    const report = await sandbox.report('insights refunds prod', { onProgress: (found) => told.push(found) });
    const seen = told.flatMap(({ details }) => details.insights ?? []);
    const [first, second] = seen.filter(({ state }) => state === 'running');
    expect(first).toMatchObject({ queryId: report.details.insights?.queryId, rows: [] });
    expect(second?.scanned).toBeGreaterThan(first?.scanned ?? 0);
    expect(report.details.insights?.state).toBe('complete');
  });

  it('is stopped when the time for the answer is up', async () => {
    sandbox.endpoint.setAccounts(running(1000));
    const { verdict, details, notChecked } = await sandbox.report('insights refunds prod', {
      deadline: 1600,
    });
    expect(operations().at(-1)).toBe('StopQuery');
    expect(details.insights?.state).toBe('late');
    expect(verdict.state).toBe('unknown');
    expect(verdict.headline).toContain('did not end in time and was stopped');
    expect(notChecked).toEqual([]);
  });

  it('is stopped when whoever asked wants no more of it', async () => {
    sandbox.endpoint.setAccounts(running(1000));
    const wanted = new AbortController();
    const report = await sandbox.report('insights refunds prod', {
      signal: wanted.signal,
      onProgress: ({ details }) => details.insights?.state === 'running' && wanted.abort(),
    });
    expect(operations().at(-1)).toBe('StopQuery');
    expect(report.details.insights?.state).toBe('cancelled');
    expect(report.verdict.headline).toContain('the query was cancelled');
  });

  it('is stopped though nobody wanted it any more before it had an id', async () => {
    sandbox.endpoint.setAccounts(running(1000));
    sandbox.endpoint.faults.add('logs:StartQuery', { kind: 'delay', ms: 150 });
    const wanted = new AbortController();
    const asked = sandbox.report('insights refunds prod', { signal: wanted.signal });
    await expect.poll(operations, { interval: 5 }).toContain('StartQuery');
    wanted.abort('the bot was restarted');
    const { verdict, notChecked } = await asked;
    expect(operations().at(-1)).toBe('StopQuery');
    expect(verdict.headline).toContain('the query was stopped, since the bot was restarted');
    expect(notChecked).toEqual([]);
  });

  it('is not begun where nobody wants it any more', async () => {
    const answer = sandbox.report('insights refunds prod', { signal: AbortSignal.abort() });
    await expect(answer).resolves.toMatchObject({ verdict: { state: 'unknown' } });
    expect(operations()).not.toContain('StartQuery');
  });

  it('is cancelled by its id, by any process', async () => {
    sandbox.endpoint.setAccounts(running(1000));
    const ended: Promise<unknown>[] = [];
    const report = await sandbox.report('insights refunds prod', {
      onProgress({ details: { insights } }) {
        if (insights?.state !== 'running' || ended.length > 0) return;
        const options = { cancel: insights.queryId ?? '', region: insights.region };
        ended.push(sandbox.run({ command: 'insights', environment: 'prod', options }));
      },
    });
    expect(await Promise.all(ended)).toEqual([{ kind: 'done', text: 'The query is cancelled.' }]);
    expect(report.details.insights?.state).toBe('cancelled');
  });

  it('that one look fails ends nothing', async () => {
    sandbox.endpoint.faults.add('logs:GetQueryResults', { kind: 'cut' }, { calls: [1, 2, 3] });
    const { verdict } = await sandbox.report('insights refunds prod');
    expect(verdict.headline).toContain('2 patterns');
  });
});

describe('without a right', () => {
  it.each(['logs:StartQuery', 'logs:GetQueryResults'])(
    '%s is named, and nothing is said of the log',
    async (action) => {
      sandbox.endpoint.faults.add(action, { kind: 'deny' });
      const report = await sandbox.report('insights refunds prod');
      expect(report.verdict.state).toBe('unknown');
      expect(report.verdict.headline).toContain(`not allowed to call ${action}`);
      expect(missing(report)).toEqual([action]);
      // Nobody would read its answer.
      if (action === 'logs:GetQueryResults') expect(operations().at(-1)).toBe('StopQuery');
    },
  );

  it('logs:StopQuery, it is said that the query goes on', async () => {
    sandbox.endpoint.setAccounts(running(1000));
    sandbox.endpoint.faults.add('logs:StopQuery', { kind: 'deny' });
    const report = await sandbox.report('insights refunds prod', { deadline: 1600 });
    expect(report.details.insights?.state).toBe('late');
    expect(report.verdict.headline).toContain('did not end in time and may go on');
    expect(missing(report)).toEqual(['logs:StopQuery']);
  });

  it('logs:GetLogEvents, the fields are not known and the lines are searched all the same', async () => {
    sandbox.endpoint.faults.add('logs:GetLogEvents', { kind: 'deny' });
    const report = await sandbox.report('insights refunds prod');
    expect(report.verdict.headline).toContain('2 patterns');
    expect(missing(report)).toEqual(['logs:GetLogEvents']);
  });
});

describe('what is asked', () => {
  it('more than a day is confirmed first', async () => {
    const answer = await sandbox.ask('insights refunds prod --since 3d');
    if (answer.kind !== 'choice') throw new Error(answer.kind);
    expect(operations()).toEqual([]);
    const [all] = answer.choices;
    if (!all) throw new Error('no choice');
    const confirmed = await sandbox.run(all.request);
    expect(confirmed).toMatchObject({ kind: 'report', report: { verdict: { state: 'healthy' } } });
  });

  it('a name that is no query is answered by those that are', async () => {
    await expect(sandbox.ask('insights refunds prod --query latancy')).rejects.toMatchObject({
      name: 'UsageError',
      message: expect.stringContaining('Did you mean latency?'),
    });
  });
});
