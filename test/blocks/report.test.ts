import { describe, expect, test } from 'vitest';
import type { ReportActions } from '#blocks/message.ts';
import { reportMessage } from '#blocks/report.ts';
import type { Report } from '#diagnostics/report.ts';
import {
  asOf,
  couldNotTell,
  explained,
  finding,
  healthy,
  likely,
  open,
  outOfMemory,
  report,
  stop,
} from './reports.ts';
import { objects, shownText } from './shapes.ts';

const actions: ReportActions = {
  request: (command, options) => `1:${command}:${JSON.stringify(options ?? {})}`,
};

describe('the verdict', () => {
  const cases: [string, Report, string][] = [
    [
      'a confirmed problem',
      outOfMemory,
      '🔴 Problem · api in prod: out of memory\napp is killed at its 512 MiB limit, 6 times in the last 40 minutes, since api:42 cut it from 1024 MiB.',
    ],
    [
      'a healthy service, with the numbers that prove it',
      healthy,
      '🟢 Healthy · api in prod: 2 of 2 running on api:41',
    ],
    ['no answer', couldNotTell, '🟡 Could not tell · api in prod: the stopped tasks could not be read'],
    [
      'a likely cause',
      likely,
      '🔴 Problem · api in prod: probably registry not reachable\nThe pull times out; the subnet has no known route to ECR.',
    ],
    [
      'an undecided cause',
      open,
      '🟡 Warning · api in prod, not decided: killed by SIGKILL\napp ended with exit code 137 twice and nothing says who killed it.',
    ],
    [
      'a text without a target',
      explained,
      '🔴 Problem · image not found\nThe repository, tag or digest named in the task definition is not in the registry.',
    ],
  ];
  test.each(cases)('says %s in at most two lines', (_, given, text) => {
    expect(reportMessage(given, actions).text).toBe(text);
  });

  test.each(cases)('shows %s first, in the same words', (_, given, text) => {
    const message = reportMessage(given, actions);
    const first = shownText({ blocks: message.blocks.slice(0, 1) });
    expect(first.replaceAll('\n', '')).toBe(text.slice(text.indexOf(' ')).replace('\n', ''));
  });

  test('adds the subject where the headline lacks it', () => {
    const given = report({ verdict: { ...outOfMemory.verdict, headline: 'out of memory' } });
    expect(reportMessage(given, actions).text).toBe('🔴 Problem · api in prod: out of memory');
  });

  test('does not repeat evidence that the headline holds', () => {
    const given = report({ findings: [finding('oom-container', { summary: 'Out of memory.' })] });
    expect(reportMessage(given, actions).text).toBe('🔴 Problem · api in prod: out of memory');
  });

  const sayingTheTitle: [string, string, string, string][] = [
    ['Spot capacity was taken back', 'Spot capacity was taken back, 2 times.', '2 times.', 'confirmed'],
    ['image tag not found', 'Image tag not found: reg/api:9, once.', 'reg/api:9, once.', 'confirmed'],
    ['image is built for another CPU', 'Image is built for another CPU, once.', 'Once.', 'likely'],
    [
      'out of memory',
      'Out of memory killers are everywhere.',
      'Out of memory killers are everywhere.',
      'open',
    ],
  ];
  test.each(sayingTheTitle)('does not begin with the title "%s" twice', (title, summary, second, status) => {
    const given = report({
      verdict: {
        ...outOfMemory.verdict,
        status: status as 'confirmed',
        headline: `api in prod: ${title}`,
      },
      findings: [finding('oom-container', { title, summary, status: status as 'confirmed' })],
    });
    expect(reportMessage(given, actions).text.split('\n')[1]).toBe(second);
  });

  test('names a task once', () => {
    const { service: _service, ...place } = outOfMemory.target;
    const task = '3f2a9c1b7d6e4f508a9b0c1d2e3f4a5b';
    const given = report({
      target: { ...place, task },
      verdict: { ...outOfMemory.verdict, headline: 'task 3f2a9c1b in prod: out of memory' },
    });
    expect(reportMessage(given, actions).text).toBe('🔴 Problem · task 3f2a9c1b… in prod: out of memory');
  });

  test('tells ISO times of the evidence in the time zone of the reader', () => {
    const given = report({
      findings: [finding('oom-container', { summary: 'since 2026-01-01T14:02:00Z it fails' })],
    });
    const message = reportMessage(given, actions);
    expect(message.text).toContain('since 14:02 UTC it fails');
    expect(objects(message.blocks)).toContainEqual(
      expect.objectContaining({ type: 'date', timestamp: Date.parse('2026-01-01T14:02:00Z') / 1_000 }),
    );
  });
});

const bare = { cause: 'x', severity: 'error' as const, count: 1, reason: '', revisions: [], zones: [] };

describe('the details', () => {
  test('show chain, counts, table, log, what was ruled out and what was not checked', () => {
    const shown = shownText(reportMessage(outOfMemory, actions));
    for (const part of [
      'Why  ',
      ' ← ',
      ' · confirmed',
      'Now  1 of 2 running · deployment of api:42 since 14:02 UTC, in progress, 4 failed · last good revision api:41',
      'Last stop',
      'OutOfMemoryError: Container killed due to memory usage',
      'Last lines of app, task 3f2a9c1b…, before it stopped at 14:38:12 UTC',
      'heap used 498 MiB',
      '<--- Last few GCs --->',
      'Expected stops: 3 replaced by a deployment',
      '*Ruled out*  ',
      '*Not checked*  who deployed (needs cloudtrail:LookupEvents)',
      '11 AWS calls · 0.4 s',
    ]) {
      expect(shown).toContain(part);
    }
  });

  const oldTasks: [string, number, number, string][] = [
    [
      'all tasks that run',
      1,
      1,
      'Now  1 of 2 running, on api:41, the last good revision · deployment of api:42',
    ],
    ['some', 3, 2, 'Now  3 of 2 running, 2 of them on api:41, the last good revision · deployment of api:42'],
  ];
  test.each(oldTasks)('say beside the count that %s are of the revision before', (_, running, old, text) => {
    const calm = { rolloutState: 'COMPLETED', pending: 0, desired: 0, failed: 0 };
    const now = {
      running,
      desired: 2,
      pending: 0,
      lastGoodRevision: 'api:41',
      deployments: [
        {
          ...calm,
          status: 'PRIMARY',
          revision: 'api:42',
          running: running - old,
          rolloutState: 'IN_PROGRESS',
        },
        { ...calm, status: 'ACTIVE', revision: 'api:41', running: old },
      ],
    };
    expect(shownText(reportMessage(report({ details: { now } }), actions))).toContain(text);
  });

  test('say the day of a deployment that began on another', () => {
    const now = {
      running: 0,
      desired: 1,
      pending: 0,
      deployments: [
        {
          status: 'PRIMARY',
          revision: 'api:4',
          running: 0,
          pending: 0,
          desired: 1,
          failed: 3,
          rolloutState: 'FAILED',
          since: '2025-12-28T07:05:00Z',
        },
      ],
    };
    expect(objects(reportMessage(report({ details: { now } }), actions).blocks)).toContainEqual(
      expect.objectContaining({ type: 'date', format: '{date_short_pretty}, {time}' }),
    );
  });

  test('name where it was looked, and when, in the time zone of the reader', () => {
    const shown = shownText(reportMessage(outOfMemory, actions));
    const at = Date.parse(asOf) / 1_000;
    expect(shown).toContain(
      `prod · 222222222222 · us-east-1 · cluster prod · as of <!date^${at}^{date_short_pretty}, {time}|14:41 UTC>`,
    );
  });

  test('of a healthy service stay away', () => {
    const shown = shownText(reportMessage(healthy, actions));
    expect(shown).not.toContain('Now  ');
    expect(shown).not.toContain('Why  ');
  });

  test('say what was missing, and who can grant it, where nothing could be told', () => {
    const shown = shownText(reportMessage(couldNotTell, actions));
    expect(shown).toContain('Missing  stopped tasks: ecs:ListTasks was refused · metrics: no answer in time');
    expect(shown).toContain(
      'whoever manages IAM in account 222222222222 can allow ecs:ListTasks to the role of prod',
    );
    expect(shown).not.toContain('Not checked');
  });

  test('say what would decide an undecided verdict', () => {
    const shown = shownText(reportMessage(open, actions));
    expect(shown).toContain(
      'To decide  memory of the last minutes decides between the kernel and a host process',
    );
  });

  test('name other faults beside the chain, counted beyond three', () => {
    const others = ['a', 'b', 'c', 'd', 'e'].map((id) => finding(id, { summary: `fault ${id}.` }));
    const shown = shownText(
      reportMessage({ ...outOfMemory, findings: [...outOfMemory.findings, ...others] }, actions),
    );
    expect(shown).toContain('Also seen  fault a · fault b · fault c · 2 more');
  });

  test('hold eight kinds of stop in the table and count the rest', () => {
    const given = report({ details: { stops: Array.from({ length: 11 }, () => stop({ count: 2 })) } });
    const message = reportMessage(given, actions);
    const [table] = message.blocks.filter((block) => block.type === 'table');
    expect(table?.rows).toHaveLength(9);
    expect(shownText(message)).toContain('3 more kinds of stop, 6 tasks, not shown');
  });

  test('show a dash where a stop lacks a field', () => {
    const message = reportMessage(report({ details: { stops: [bare, stop()] } }), actions);
    const [table] = message.blocks.filter((block) => block.type === 'table');
    const dash = { type: 'raw_text', text: '–' };
    expect(table?.rows[1]).toEqual([dash, dash, dash, dash, { type: 'raw_text', text: '1' }, dash]);
  });

  test('leave out columns that no stop fills', () => {
    const message = reportMessage(
      report({ details: { stops: [{ ...bare, reason: 'no address' }] } }),
      actions,
    );
    const [table] = message.blocks.filter((block) => block.type === 'table');
    expect(table?.rows[0]?.map((cell) => shownText({ blocks: [cell] }))).toEqual([
      'Last stop',
      'Reason',
      'Times',
      'Revision',
    ]);
  });

  test('use no table in a private answer', () => {
    const message = reportMessage(outOfMemory, actions, { private: true });
    expect(message.blocks.map((block) => block.type)).not.toContain('table');
    expect(shownText(message)).toContain(
      'exit 137 · OutOfMemoryError: Container killed due to memory usage · 6 times',
    );
  });

  test('say why there is no log', () => {
    const tail = { container: 'app', task: 'abc', lines: [], missing: 'the log driver is not awslogs' };
    expect(shownText(reportMessage(report({ details: { logs: [tail] } }), actions))).toContain(
      'No log of app, task abc: the log driver is not awslogs',
    );
  });

  test('say which source answered, and the limits of the answer', () => {
    const details = { source: 'From the event-capture log group.', notes: ['2 of 5 pages read.'] };
    expect(shownText(reportMessage(report({ details }), actions))).toContain(
      'From the event-capture log group.\n2 of 5 pages read.',
    );
  });
});
