import { describe, expect, test } from 'vitest';
import { choiceMessage } from '#blocks/choice.ts';
import { type DoctorRow, doctorMessage } from '#blocks/doctor.ts';
import { explainMessage } from '#blocks/explain.ts';
import { helpMessage } from '#blocks/help.ts';
import { own } from '#blocks/limits.ts';
import { logMessages } from '#blocks/logs.ts';
import type { ReportActions } from '#blocks/message.ts';
import { progressMessage } from '#blocks/progress.ts';
import { failureMessage, refusalMessage, staleButtonMessage, withInvitation } from '#blocks/refusal.ts';
import { reportMessage } from '#blocks/report.ts';
import { decodePage } from '#diagnostics/log-page.ts';
import { validateMessage } from '#sandbox/slack/block-kit/validate.ts';
import { asOf, explained, outOfMemory, report } from './reports.ts';
import { labels, objects, shownText } from './shapes.ts';

const actions: ReportActions = {
  request: (command, options) => `1:${command}:${JSON.stringify(options ?? {})}`,
};

describe('a logs answer', () => {
  const tail = (container: string, count: number, width = 60) => ({
    container,
    task: '3f2a9c1b7d6e4f508a9b0c1d2e3f4a5b',
    lines: Array.from({ length: count }, (_, index) => ({
      at: new Date(Date.parse('2026-01-01T14:00:00Z') + index * 1_000).toISOString(),
      message: `${container} ${index} ${'.'.repeat(width)}`,
    })),
  });
  const logs = (...tails: ReturnType<typeof tail>[]) => report({ command: 'logs', details: { logs: tails } });

  test('shows every line with its time, and needs no file, while it fits', () => {
    const { message, file } = logMessages(logs(tail('app', 3)), actions);
    expect(message.text).toBe('api in prod: log of app, 3 lines');
    expect(shownText(message)).toContain('14:00:02 app 2 ');
    expect(file).toBeUndefined();
  });

  test('keeps the newest lines of each container, and everything in a file', () => {
    const { message, file } = logMessages(logs(tail('app', 400), tail('envoy', 5)), actions);
    const shown = shownText(message);
    expect(shown).toContain('app 399 ');
    expect(shown).not.toContain('app 0 ');
    expect(shown).toContain('envoy 0 ');
    expect(shown).toMatch(/\d+ earlier lines in the file/);
    expect(file?.name).toBe('api-prod-logs.txt');
    expect(file?.content).toContain('2026-01-01T14:00:00.000Z app 0 ');
    expect(file?.content).toContain('app 399 ');
  });

  test('of first lines keeps the first, and leads on behind what it shows', () => {
    const given = tail('app', 100, 200);
    const from = { at: Date.parse(given.lines[0]?.at ?? ''), skip: 1 };
    const first = {
      ...given,
      revision: 'api:42',
      stream: 'ecs/app/x',
      from,
      to: { at: 0, skip: 0 },
      newer: true,
    };
    const pages: string[] = [];
    const { message, file } = logMessages(
      report({
        command: 'logs',
        details: { logs: [first], logView: { containers: ['app'], page: 'first' } },
      }),
      { ...actions, logs: ({ page = '' }) => String(pages.push(page)) },
    );
    const shown = shownText(message);
    const last = Number(/app (\d+) \.+(?![\s\S]*app \d)/.exec(shown)?.[1]);
    expect(message.text).toBe('api in prod: first lines of app, 100 lines');
    expect(shown).toContain('app 0 ');
    expect(shown).toContain(`${99 - last} more lines behind these`);
    expect(labels(message)).not.toContain('Older');
    expect(labels(message)).not.toContain('First lines');
    const next = pages
      .flatMap((page) => decodePage(page) ?? [])
      .findLast(({ direction }) => direction === 'newer');
    expect(next?.places).toMatchObject([{ at: from.at + last * 1_000, skip: 1 }]);
    expect(file).toBeUndefined();
  });

  test('shows the beginning of a single line that is too long', () => {
    const { message, file } = logMessages(logs(tail('app', 1, own.logsTotal * 2)), actions);
    expect(shownText(message)).toContain('app 0 ....');
    expect(file?.content.length).toBeGreaterThan(own.logsTotal * 2);
  });

  test('cuts a giant line instead of the lines around it, and keeps it whole in the file', () => {
    const giant = { at: asOf, message: 'x'.repeat(65_000) };
    const given = tail('app', 12);
    const lines = [...given.lines.slice(0, 10), giant, ...given.lines.slice(10)];
    const { message, file } = logMessages(logs({ ...given, lines }), actions);
    const shown = shownText(message);
    for (const line of given.lines) expect(shown).toContain(line.message);
    expect(shown).toContain('x…');
    expect(shown).not.toContain('earlier line');
    expect(file?.content).toContain(giant.message);
  });

  test('says of a filter that nothing passed it, not that there is no log', () => {
    const none = { ...tail('app', 0), missing: 'no line holds “x”' };
    const { message } = logMessages(logs(none), actions);
    expect(message.text).toBe('api in prod: no line holds “x”');
  });

  test('calls nobody whom a filter names', () => {
    const filter = '<!channel> <@U0ADA> `*x*`';
    const { message } = logMessages(
      report({
        command: 'logs',
        details: { logs: [tail('app', 1)], logView: { containers: ['app'], filter } },
      }),
      actions,
    );
    expect(message.text).toContain('with “&lt;!channel&gt; &lt;@U0ADA&gt; ');
    expect(shownText(message)).toContain(`with “${filter}”`);
    expect(validateMessage(message, 'ephemeral')).toEqual([]);
  });

  test('says why there is none', () => {
    const missing = { container: 'app', task: '', lines: [], missing: 'the log group does not exist' };
    const { message } = logMessages(report({ command: 'logs', details: { logs: [missing] } }), actions);
    expect(message.text).toBe('api in prod: no log of app');
    expect(shownText(message)).toContain('No log of app: the log group does not exist');
  });
});

describe('the doctor', () => {
  const row = (environment: string, given: Partial<DoctorRow> = {}): DoctorRow => ({
    environment,
    account: '222222222222',
    region: 'us-east-1',
    role: 'arn:aws:iam::222222222222:role/ecs-sleuth',
    assumed: { ok: true, arn: 'arn:aws:sts::222222222222:assumed-role/ecs-sleuth/ada' },
    missing: [],
    untested: [],
    ...given,
  });
  const closed = row('prod', { assumed: { ok: false, reason: 'AccessDenied', fix: 'trust the bot’s role' } });
  const partly = row('staging', { missing: [{ action: 'ecr:DescribeImages', needed: ['image'] }] });

  test.each([
    ['🟢 Healthy · the environment can be read', [row('prod')]],
    ['🔴 Problem · 1 of 2 environments cannot be read', [row('staging'), closed]],
    ['🟡 Warning · 1 of 1 environment can be read only in part', [partly]],
    ['🟡 Warning · no environment is configured that you may look at', []],
  ])('says %s', (text, rows) => {
    expect(doctorMessage(rows, asOf).text).toBe(text);
  });

  test('names what is missing, what needs it, and what to do, the worst first', () => {
    const shown = shownText(doctorMessage([row('dev'), partly, closed], asOf));
    expect(shown).toContain('prod · 222222222222 · us-east-1');
    expect(shown).toContain('AccessDenied');
    expect(shown).toContain('to do: trust the bot’s role');
    expect(shown).toContain('missing: ecr:DescribeImages (image)');
    expect(shown.indexOf('prod ·')).toBeLessThan(shown.indexOf('staging ·'));
    expect(shown.indexOf('staging ·')).toBeLessThan(shown.indexOf('dev ·'));
  });

  test.each([
    [-60_000, 'the clock here is 60.0 s ahead of AWS'],
    [60_000, 'the clock here is 60.0 s behind AWS'],
  ])('warns of a clock that is %i ms off', (clockSkewMs, text) => {
    expect(shownText(doctorMessage([row('prod', { clockSkewMs })], asOf))).toContain(text);
  });
});

describe('the help', () => {
  const logs = {
    name: 'logs',
    summary: 'The last lines of a log',
    usage: 'SERVICE ENVIRONMENT',
    options: ['since'],
    examples: ['logs api prod'],
  };
  const doctor = { name: 'doctor', summary: 'What the bot may do', usage: '' };

  test('lists the commands as they are typed, and where one may look', () => {
    const shown = shownText(helpMessage([logs, doctor], { bot: 'ECS Sleuth', environments: ['prod'] }));
    expect(shown).toContain('`/ecs logs SERVICE ENVIRONMENT`  The last lines of a log\n`/ecs doctor`');
    expect(shown).toContain('Environments for you here: `prod`');
  });

  test('tells options and examples of one command', () => {
    const shown = shownText(helpMessage([logs]));
    expect(shown).toContain('`/ecs logs api prod`');
    expect(shown).toContain('Options: `--since`');
  });
});

describe('an explanation', () => {
  test('says cause, meaning and fix, and offers nothing that needs a service', () => {
    const message = explainMessage(explained, actions);
    expect(shownText(message)).toContain('Fix  Push the missing tag');
    expect(labels(message)).toEqual([]);
  });

  test('of something harmless says that it is no fault', () => {
    const verdict = { ...explained.verdict, state: 'healthy' as const };
    expect(explainMessage({ ...explained, verdict }, actions).text).toMatch(
      /^🟢 No fault · image not found\nThe repo/,
    );
  });

  test('that fails says what to paste', () => {
    const verdict = {
      ...explained.verdict,
      state: 'unknown' as const,
      cause: null,
      headline: 'this text is not known',
    };
    const message = explainMessage({ ...explained, verdict, findings: [] }, actions);
    expect(message.text).toBe('🟡 Could not tell · this text is not known');
    expect(shownText(message)).toContain('Paste the whole text as AWS wrote it');
  });
});

describe('a choice', () => {
  const choice = (label: string) => ({ label, command: 'logs', value: label });

  test('is one press for each short name, with action ids of their own', () => {
    const message = choiceMessage('Which one?', [choice('api'), choice('api-worker')]);
    expect(
      objects(message.blocks).flatMap((item) => (item.type === 'button' ? [item.action_id] : [])),
    ).toEqual(['run:logs', 'run:logs#2']);
    expect(labels(message)).toEqual(['api', 'api-worker']);
  });

  test('shows long names in full beside their buttons', () => {
    const name = `${'very-'.repeat(20)}long`;
    const message = choiceMessage('Which one?', [choice(name), choice(`${name}-two`)]);
    expect(shownText(message)).toContain(`\`${name}-two\``);
    expect(labels(message)).toEqual(['Choose', 'Choose']);
  });

  test('counts what it does not show', () => {
    const message = choiceMessage(
      'Which one?',
      Array.from({ length: 13 }, (_, index) => choice(`api-${index}`)),
    );
    expect(shownText(message)).toContain('3 more matches: type more of the name');
  });
});

describe('a private answer', () => {
  test.each([
    ['a usage error', refusalMessage({ message: 'No <such> command.', suggestions: ['logs api prod'] })],
    ['an old button', staleButtonMessage()],
    ['a failure', failureMessage('AWS did not answer.', 'a1b2')],
    [
      'an answer under an invitation',
      withInvitation(reportMessage(outOfMemory, actions, { private: true }), 'ECS Sleuth'),
    ],
    ['the progress', progressMessage({ title: 'Looking at api in prod' })],
  ])('to %s holds only what every surface takes', (_, message) => {
    expect(validateMessage(message, 'ephemeral')).toEqual([]);
    expect(validateMessage(message, 'response_url')).toEqual([]);
  });

  test('says what could be typed instead', () => {
    const message = refusalMessage({ message: 'No <such> command.', suggestions: ['logs api prod'] });
    expect(shownText(message)).toBe('No &lt;such&gt; command.\nYou could type:\n`logs api prod`');
  });

  test('says how to invite the bot', () => {
    const message = reportMessage(outOfMemory, actions, { private: true });
    expect(shownText(withInvitation(message, 'ECS Sleuth'))).toContain(
      'Type /invite @ECS Sleuth and run the command again',
    );
  });
});

describe('the progress', () => {
  test('says what is looked at', () => {
    expect(progressMessage({ title: 'Looking at api in prod' }).text).toBe('⏳ Looking at api in prod …');
  });
});
