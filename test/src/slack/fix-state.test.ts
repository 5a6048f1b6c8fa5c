import { describe, expect, test } from 'vitest';
import type { Request } from '#commands/command.ts';
import { readFixState, writeFixState } from '#src/slack/fix-state.ts';

const asked: Request = { command: 'why-stopped', service: 'api', environment: 'prod', options: {} };

describe('the state of the window', () => {
  test('comes back as it was', () => {
    const state = {
      request: asked,
      channel: 'C0INCIDENTS',
      thread: { channel: 'C0INCIDENTS', threadTs: '1.2' },
      tab: 'cli' as const,
    };
    expect(readFixState(writeFixState(state))).toEqual(state);
  });

  test('stays within what Slack allows, whatever the names', () => {
    const request = { ...asked, service: 'ü'.repeat(1_900), options: { filter: 'x'.repeat(9_000) } };
    expect(writeFixState({ request, channel: 'C'.repeat(20), tab: 'console' }).length).toBeLessThanOrEqual(
      3_000,
    );
  });

  test.each(['', '{', '{}', '{"r":"9"}', '{"r":1}'])('%j is none', (text) => {
    expect(readFixState(text)).toBeUndefined();
  });
});
