import { describe, expect, test } from 'vitest';
import type { ReportActions } from '#blocks/message.ts';
import { reportMessage } from '#blocks/report.ts';
import type { Report } from '#diagnostics/report.ts';
import { couldNotTell, healthy, likely, open, outOfMemory } from './reports.ts';
import { labels, objects, shownText } from './shapes.ts';

const actions: ReportActions = {
  request: (command, options) => `1:${command}:${JSON.stringify(options ?? {})}`,
};

describe('the buttons', () => {
  const cases: [string, Report, string[]][] = [
    ['a confirmed problem', outOfMemory, ['Show logs', 'How to fix', 'Deeper checks', 'Run again']],
    ['a healthy service', healthy, ['Show logs', 'Run again']],
    ['a refusal', couldNotTell, ['Check: permissions', 'Show logs', 'Run again']],
    ['a likely cause', likely, ['Check: network paths', 'Show logs', 'Deeper checks', 'Run again']],
    ['an undecided cause', open, ['Check: cpu, memory, scaling', 'Show logs', 'Run again']],
  ];
  test.each(cases)('of %s lead to what helps next', (_, given, expected) => {
    expect(labels(reportMessage(given, actions))).toEqual(expected);
  });

  test('ask for the log of the container and task that failed', () => {
    const [logs] = objects(reportMessage(outOfMemory, actions).blocks).filter(
      (item) => item.action_id === 'run:logs',
    );
    expect(logs?.value).toBe('1:logs:{"container":"app","task":"3f2a9c1b7d6e4f508a9b0c1d2e3f4a5b"}');
  });

  test('ask for the memory of the task that was killed, until it is told', () => {
    const perf = {
      from: 'a',
      to: 'b',
      minutes: 1,
      unscaled: true,
      killed: '3f2a9c1b7d6e4f508a9b0c1d2e3f4a5b',
    };
    const given = { ...outOfMemory, command: 'perf', details: { ...outOfMemory.details, perf } };
    const [memory] = objects(reportMessage(given, actions).blocks).filter(
      (item) => item.action_id === 'run:perf#task',
    );
    expect(memory?.value).toBe('1:perf:{"task":"3f2a9c1b7d6e4f508a9b0c1d2e3f4a5b"}');
    const taskMemory = { task: 'x', state: 'stopped' as const, containers: [], from: 'a', to: 'b' };
    const told = { ...given, details: { ...given.details, taskMemory } };
    expect(labels(reportMessage(told, actions)).join()).not.toContain('Memory of task');
  });

  test('offer only commands that exist', () => {
    const given = { ...actions, commands: ['why-stopped', 'logs'] };
    expect(labels(reportMessage(likely, given))).toEqual(['Show logs', 'Run again']);
  });

  test('offer what the findings name first, then what else can be asked about the service', () => {
    const given = { ...actions, commands: ['status', 'why-stopped', 'perf', 'doctor', 'help', 'explain'] };
    const [menu] = objects(reportMessage(outOfMemory, given).blocks).filter(
      (item) => item.action_id === 'menu',
    );
    expect(objects(menu?.options).flatMap((item) => (item.value === undefined ? [] : [item.value]))).toEqual([
      'perf',
      'status',
    ]);
  });

  test('wait until the checks are done', () => {
    const message = reportMessage(outOfMemory, actions, { provisional: true });
    expect(labels(message)).toEqual([]);
    expect(shownText(message)).toContain('Still checking …');
  });
});
