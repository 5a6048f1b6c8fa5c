import { describe, expect, it } from 'vitest';
import { reportMessage } from '#blocks/report.ts';
import type { Details } from '#diagnostics/report.ts';
import { waitingLines } from '#diagnostics/waiting-words.ts';
import { reportText } from '#src/terminal/report.ts';
import { asOf, report } from './reports.ts';
import { shownText } from './shapes.ts';

const phase = {
  phase: 'network',
  text: 'waits for its network interface',
  count: 2,
  task: '3f2a9c1b7d6e4f508a9b0c1d2e3f4a5b',
  revision: 'api:42',
  status: 'PROVISIONING (ATTACHING)',
  seconds: 240,
  normal: 5,
  samples: 7,
  limit: 15,
  stuck: true,
};
const subnet = (name: string, free: number) => ({ subnet: `subnet-${name}`, zone: `us-east-1${name}`, free });

describe('what is said of tasks that wait', () => {
  it.each<[string, Details, string[]]>([
    [
      'the phase with what is usual',
      { phases: [phase] },
      [
        'Pending: 2 tasks of api:42, PROVISIONING (ATTACHING): waits for its network interface for 4 minutes, usually 5 seconds (7 tasks), stuck',
      ],
    ],
    [
      'the container that is waited for instead',
      { phases: [{ ...phase, count: 1, stuck: false, waitsFor: 'app waits for init' }] },
      [
        'Pending: task 3f2a9c1b of api:42, PROVISIONING (ATTACHING): waits for its network interface for 4 minutes: app waits for init',
      ],
    ],
    [
      'addresses, where a deployment would not fit',
      { addresses: { needed: 6, subnets: [subnet('a', 1), subnet('b', 40)] } },
      [
        'Addresses: free: subnet-a (us-east-1a) 1, subnet-b (us-east-1b) 40; a deployment needs up to 6 at once',
      ],
    ],
    [
      'no addresses, where it would',
      { addresses: { needed: 6, subnets: [subnet('a', 9), subnet('b', 40)] } },
      [],
    ],
    [
      'where the way to an instance breaks',
      {
        provider: [
          { text: 'provider pool is ACTIVE', ok: true },
          { text: 'group is at its maximum of 3', ok: false },
        ],
      },
      ['Provider: provider pool is ACTIVE → here it breaks: group is at its maximum of 3'],
    ],
    [
      'what is short on how many instances, and the nearest',
      {
        placement: {
          needs: '512 CPU units, 3072 MiB',
          instances: 3,
          fits: 0,
          lacks: [{ kind: 'memory', label: 'memory', count: 3, only: 2, best: 'i-1 2048 MiB free' }],
        },
      },
      [
        'Instances: 0 of 3 could take one more task (512 CPU units, 3072 MiB); 3 lack memory (2 that alone), best i-1 2048 MiB free',
      ],
    ],
    ['nothing, where nothing waits', {}, []],
  ])('%s', (_, details, lines) => {
    expect(waitingLines(details).map(({ label, text }) => `${label}: ${text}`)).toEqual(lines);
  });

  it('stands in the message and in the terminal alike', () => {
    const shown = report({ details: { phases: [phase] } });
    const message = reportMessage(shown, { request: (command) => command });
    const text = 'waits for its network interface for 4 minutes';
    expect(shownText(message)).toContain(text);
    expect(reportText(shown)).toContain(text);
  });
});

describe('events', () => {
  const event = (message: string, minutes: number, severity: 'info' | 'error') => ({
    at: new Date(Date.parse(asOf) - minutes * 60_000).toISOString(),
    message,
    count: 1,
    severity,
  });

  it('that say something wrong outlast routine ones where not all can be shown', () => {
    const routine = Array.from({ length: 20 }, (_, index) => event(`routine ${index}.`, index, 'info'));
    const shown = report({ details: { events: [...routine, event('no room.', 30, 'error')] } });
    const text = shownText(reportMessage(shown, { request: (command) => command }));
    expect(text).toContain('no room.');
    expect(text).toContain('routine 0.');
    expect(text).not.toContain('routine 19.');
    expect(text).toContain('13 other events not shown');
  });
});
