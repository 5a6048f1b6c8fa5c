import { describe, expect, it } from 'vitest';
import { happeningsMessage } from '#blocks/happenings.ts';
import { own } from '#blocks/limits.ts';
import type { ReportActions } from '#blocks/message.ts';
import type { Happening } from '#diagnostics/changes-details.ts';
import { validateMessage } from '#sandbox/slack/block-kit/validate.ts';
import { asOf, finding, report } from './reports.ts';
import { labels, objects, shownText } from './shapes.ts';

const actions: ReportActions = {
  request: (command) => `1:${command}`,
  happenings: (view) => `1:${JSON.stringify(view)}`,
};

const rows = (count: number): Happening[] =>
  Array.from({ length: count }, (_, index) => ({
    at: new Date(Date.parse(asOf) - (count - index) * 60_000).toISOString(),
    count: 1,
    about: 'event',
    text: `event ${index}.`,
    ...(index === 2 && { failure: true }),
  }));
const timeline = (some: Happening[]) =>
  report({
    command: 'timeline',
    details: { timeline: { from: '2026-01-01T10:00:00Z', to: asOf, rows: some } },
  });

describe('a timeline in Slack', () => {
  it('gives every time in the zone of its reader, and marks the failure in words', () => {
    const { message, file } = happeningsMessage(timeline(rows(4)), actions);
    expect(validateMessage(message, 'message')).toEqual([]);
    expect(objects(message.blocks).filter(({ type }) => type === 'date').length).toBeGreaterThanOrEqual(4);
    expect(shownText(message)).toContain('fails from here: event 2.');
    const words = objects(message.blocks).filter(({ type }) => type === 'text');
    expect(words.map(({ text }) => text)).toContain(' to ');
    expect(labels(message)).toContain('Export');
    expect(file).toBeUndefined();
  });

  it('keeps the failure and the newest, and all rows in a file, where there are too many', () => {
    const { message, file } = happeningsMessage(timeline(rows(90)), actions);
    const shown = shownText(message);
    expect(validateMessage(message, 'message')).toEqual([]);
    for (const part of ['event 2.', 'event 89.', `${90 - own.happenings} other rows in the file`])
      expect(shown).toContain(part);
    expect(shown).not.toContain('event 5.');
    expect(file?.name).toBe('api-prod-timeline.md');
    expect(file?.content.split('\n').filter((line) => line.includes('event '))).toHaveLength(90);
  });

  it('exported is a file, and a message that says what it is', () => {
    const { message, file } = happeningsMessage(timeline(rows(3)), actions, { exported: true });
    expect(validateMessage(message, 'message')).toEqual([]);
    expect(shownText(message)).toContain('3 rows in the file');
    expect(file?.content).toContain('| event |');
  });
});

describe('changes in Slack', () => {
  const field = 'containerDefinitions[app].memory';
  const one: Happening = {
    at: asOf,
    count: 1,
    about: 'task definition',
    text: 'app: memory 1024 → 512 MiB',
    by: 'ada',
    fields: [field],
  };
  const answer = (asked: boolean) =>
    report({
      command: 'changes',
      verdict: {
        state: 'problem',
        cause: 'memory-lowered',
        status: 'confirmed',
        headline: 'api in prod: out of memory',
        chain: ['memory-lowered'],
      },
      findings: [
        finding('memory-lowered', { evidence: [{ api: 'ecs:DescribeTaskDefinition', field, value: '512' }] }),
      ],
      details: { changes: { from: asOf, to: asOf, why: 'as asked', rows: [one], asked } },
    });

  it('mark the one that explains the failure, with who made it', () => {
    const { message } = happeningsMessage(answer(false), actions);
    expect(validateMessage(message, 'message')).toEqual([]);
    expect(shownText(message)).toContain('explains it: task definition · app: memory 1024 → 512 MiB · ada');
  });

  it('offer to ask who, until that was asked', () => {
    expect(labels(happeningsMessage(answer(false), actions).message)).toContain('Who changed it');
    expect(labels(happeningsMessage(answer(true), actions).message)).not.toContain('Who changed it');
  });
});
