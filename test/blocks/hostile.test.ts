import { describe, expect, test } from 'vitest';
import { choiceMessage } from '#blocks/choice.ts';
import { doctorMessage } from '#blocks/doctor.ts';
import { size } from '#blocks/escape.ts';
import { explainMessage } from '#blocks/explain.ts';
import { fixModal, fixTabs } from '#blocks/fix-modal.ts';
import { helpMessage } from '#blocks/help.ts';
import { own, slack } from '#blocks/limits.ts';
import { logMessages } from '#blocks/logs.ts';
import type { Message, ReportActions } from '#blocks/message.ts';
import { plainText } from '#blocks/plain-text.ts';
import { progressMessage } from '#blocks/progress.ts';
import { refusalMessage, withInvitation } from '#blocks/refusal.ts';
import { reportMessage } from '#blocks/report.ts';
import { weigh } from '#blocks/weigh.ts';
import { validateMessage, validateView } from '#sandbox/slack/block-kit/validate.ts';
import { fc } from '#test/property.ts';
import { anyReport } from './arbitrary-report.ts';
import { hostile } from './hostile.ts';
import { brokenPieces, foreignSequences, objects, parsedTexts, strings } from './shapes.ts';

/** Each run draws a large message many times over; the machine of the tests may be small. */
const runs = { numRuns: 50 };

type Surface = 'message' | 'ephemeral';

/** Button values as long as Slack allows: what a very long service name comes to. */
const actions: ReportActions = {
  request: (command) => command.padEnd(slack.buttonValue, 'v').slice(0, slack.buttonValue),
};

/** Kinds of leaves that mention, link or bring in something of somebody else's. */
const acting = new Set(['link', 'user', 'usergroup', 'channel', 'team', 'broadcast', 'color']);

function expectSafe(message: Message, surface: Surface): void {
  expect(validateMessage(message, surface)).toEqual([]);
  expect(weigh(message.blocks)).toBeLessThanOrEqual(slack.messageTotal);
  for (const text of [...parsedTexts(message), plainText(message)]) {
    expect(foreignSequences(text)).toEqual([]);
    expect(brokenPieces(text)).toEqual([]);
    expect(size(text)).toBeLessThanOrEqual(slack.messageText);
  }
  expect(size(message.text)).toBeGreaterThan(0);
  for (const item of objects(message.blocks)) expect(acting).not.toContain(item.type);
  for (const text of strings(message.blocks)) {
    expect(text.isWellFormed()).toBe(true);
    expect(text).not.toMatch(/\p{Bidi_Control}|(?![\n\t])\p{Cc}/u);
  }
}

describe('whatever AWS, logs and people say, nothing breaks limits, shapes or escaping in', () => {
  test('a report', () => {
    fc.assert(
      fc.property(anyReport, fc.boolean(), fc.boolean(), (report, provisional, isPrivate) => {
        const message = reportMessage(report, actions, { provisional, private: isPrivate });
        expectSafe(message, isPrivate ? 'ephemeral' : 'message');
      }),
      runs,
    );
  });

  test('a report with buttons of usual length, which then keeps the smaller total', () => {
    const short: ReportActions = { request: (command) => `1:${command}`.slice(0, 200) };
    fc.assert(
      fc.property(anyReport, (report) => {
        expect(weigh(reportMessage(report, short).blocks)).toBeLessThanOrEqual(own.messageTotal);
      }),
      runs,
    );
  });

  test('a logs answer, whose file holds what the message does not', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const { message, file } = logMessages(report, actions);
        expectSafe(message, 'message');
        if (file !== undefined) expect(file.name).toMatch(/^[\w.-]+\.txt$/);
      }),
      runs,
    );
  });

  test('an explanation and a private report under an invitation', () => {
    fc.assert(
      fc.property(anyReport, hostile, (report, bot) => {
        expectSafe(explainMessage(report, actions), 'ephemeral');
        expectSafe(withInvitation(reportMessage(report, actions, { private: true }), bot), 'ephemeral');
      }),
      runs,
    );
  });

  test('the fixes', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        for (const tab of fixTabs)
          expect(validateView(fixModal(report, { tab, metadata: '{}', thread: true }))).toEqual([]);
      }),
      runs,
    );
  });

  test('progress, a refusal and a choice', () => {
    fc.assert(
      fc.property(hostile, fc.array(hostile, { minLength: 1, maxLength: 14 }), (text, texts) => {
        expectSafe(progressMessage({ title: text }), 'message');
        expectSafe(refusalMessage({ message: text, suggestions: texts, hint: text }), 'ephemeral');
        const choices = texts.map((label) => ({ label, command: 'logs', value: 'v' }));
        expectSafe(choiceMessage(`${text}?`, choices), 'ephemeral');
      }),
    );
  });

  test('the doctor and the help', () => {
    const row = fc.record({
      environment: hostile,
      account: hostile,
      region: hostile,
      role: hostile,
      assumed: fc.oneof(
        fc.record({ ok: fc.constant(true as const), arn: hostile }),
        fc.record({ ok: fc.constant(false as const), reason: hostile, fix: hostile }),
      ),
      missing: fc.array(fc.record({ action: hostile, needed: fc.array(hostile, { maxLength: 3 }) }), {
        maxLength: 4,
      }),
      untested: fc.array(fc.record({ action: hostile, reason: hostile }), { maxLength: 2 }),
      clockSkewMs: fc.integer(),
    });
    const topic = fc.record({
      name: hostile.map((name) => name || 'logs'),
      summary: hostile,
      usage: hostile,
      options: fc.array(hostile, { maxLength: 3 }),
      examples: fc.array(hostile, { maxLength: 3 }),
    });
    fc.assert(
      fc.property(
        fc.array(row, { maxLength: 30 }),
        fc.array(topic, { maxLength: 20 }),
        hostile,
        (rows, topics, bot) => {
          expectSafe(doctorMessage(rows, '2026-01-01T14:41:00Z'), 'ephemeral');
          expectSafe(helpMessage(topics, { bot, environments: [bot, 'prod'] }), 'ephemeral');
        },
      ),
    );
  });
});
