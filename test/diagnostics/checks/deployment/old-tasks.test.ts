import { describe, expect, it } from 'vitest';
import { definition, minutesAgo, now, revision } from '../facts.ts';
import { causes, judge, old, says, type Told, task } from './rollout.ts';

describe('old tasks that are still there', () => {
  const whole = { service: { desiredCount: 1 }, own: [task()] };
  const healthCheck = { command: ['CMD', 'true'] };
  const checked = { [revision(2)]: definition(2, [{ name: 'app', healthCheck }]) };
  it.each<[string, Told, string[], RegExp]>([
    [
      'drain within the deregistration delay',
      {
        ...whole,
        began: 60,
        took: [90, 90, 90],
        delay: 300,
        stopping: [old({ lastStatus: 'DEACTIVATING', stoppingAt: minutesAgo(2) })],
      },
      [],
      /draining out of the load balancer for 2 minutes \(deregistration delay 300 s, then stopTimeout 30 s\), at most 4 minutes more/,
    ],
    [
      'take longer than is set for them',
      { ...whole, began: 60, stopping: [old({ lastStatus: 'STOPPING', stoppingAt: minutesAgo(20) })] },
      ['error deployment-in-progress'],
      /stopping for 20 minutes \(stopTimeout 30 s\), longer than the 30 seconds/,
    ],
    [
      'are not late for certain where nobody could read how long they may drain',
      {
        ...whole,
        service: { ...whole.service, loadBalancers: [{ targetGroupArn: 'arn:group' }] },
        began: 60,
        stopping: [old({ lastStatus: 'DEACTIVATING', stoppingAt: minutesAgo(20) })],
      },
      ['error deployment-in-progress'],
      /for 20 minutes \(deregistration delay not known, then stopTimeout 30 s\)\.$/,
    ],
    [
      'are protected, which is the answer once it holds the deployment up',
      { ...whole, began: 60, old: [old()], protectedUntil: new Date(now.getTime() + 3_600_000) },
      ['error scale-in-protected'],
      /protected from scale-in until 2026-01-01T13:00:00.000Z, 60 minutes more/,
    ],
    [
      'are protected, and nobody waits yet',
      { ...whole, began: 4, old: [old()], protectedUntil: new Date(now.getTime() + 3_600_000) },
      [],
      /protected from scale-in/,
    ],
    [
      'are not the point while the health check of a new one has not passed',
      {
        ...whole,
        own: [task({ healthStatus: 'UNKNOWN' })],
        definitions: checked,
        began: 4,
        old: [old()],
        protectedUntil: new Date(now.getTime() + 3_600_000),
      },
      [],
      /^$/,
    ],
    [
      'are the point where a new one has no health check, so that its health is not known',
      {
        ...whole,
        own: [task({ healthStatus: 'UNKNOWN' })],
        began: 4,
        old: [old()],
        protectedUntil: new Date(now.getTime() + 3_600_000),
      },
      [],
      /protected from scale-in/,
    ],
    ['are not the point while new ones are missing', { ...whole, own: [], old: [old()], began: 4 }, [], /^$/],
  ])('%s', (_, told, found, words) => {
    const outcome = judge(told);
    expect(causes(outcome)).toEqual(found);
    expect(outcome.findings[0]?.summary ?? says(outcome, 'Old tasks')).toMatch(words);
  });
});
