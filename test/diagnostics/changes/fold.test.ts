import { describe, expect, it } from 'vitest';
import { folded } from '#diagnostics/changes/fold.ts';
import type { Moment } from '#diagnostics/changes/moments.ts';
import { serviceChanges } from '#diagnostics/changes/service-changes.ts';
import { happeningsMarkdown } from '#diagnostics/changes-words.ts';
import { fc } from '#test/property.ts';
import { report } from '../../blocks/reports.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 0, 2, 10, minute)).toISOString();
const moment = (minute: number, about: Moment['about'], text: string, failure?: true): Moment => ({
  at: at(minute),
  count: 1,
  about,
  text,
  key: text,
  ...(failure && { failure }),
});
const lines = (moments: Moment[]) =>
  folded(moments).map(({ count, text, failure }) => `${count} × ${text}${failure ? ' !' : ''}`);

describe('a crash loop is told once', () => {
  it('although each start comes between two stops, and marked where it begins', () => {
    const loop = [1, 3, 5].flatMap((minute) => [
      moment(minute, 'tasks', 'started'),
      moment(minute + 1, 'tasks', 'app stopped, exit 1', true),
    ]);
    expect(lines(loop)).toEqual(['3 × started', '3 × app stopped, exit 1 !']);
    expect(folded(loop)[1]).toMatchObject({ at: at(2), lastAt: at(6) });
  });

  it('and told anew after a deployment', () => {
    expect(
      lines([
        moment(1, 'tasks', 'stopped', true),
        moment(2, 'deployment', 'api:2 began'),
        moment(3, 'tasks', 'stopped', true),
      ]),
    ).toEqual(['1 × stopped !', '1 × api:2 began', '1 × stopped']);
  });

  it('in the same order whatever order AWS answers in', () => {
    const some = [
      moment(1, 'event', 'a'),
      moment(1, 'tasks', 'b'),
      moment(2, 'event', 'a'),
      moment(2, 'alarm', 'c'),
      moment(4, 'event', 'a'),
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(some, { minLength: some.length }), (shuffled) => {
        expect(lines(shuffled)).toEqual(lines(some));
      }),
    );
  });
});

describe('what differs between two service revisions', () => {
  it('is said by what went and what came', () => {
    const network = (groups: string[]) => ({
      awsvpcConfiguration: { subnets: ['subnet-1'], securityGroups: groups },
    });
    expect(
      serviceChanges(
        {
          networkConfiguration: network(['sg-1']),
          platformVersion: '1.4.0',
          capacityProviderStrategy: [{ capacityProvider: 'A', weight: 1 }],
        },
        {
          networkConfiguration: network(['sg-2']),
          platformVersion: '1.5.0',
          capacityProviderStrategy: [{ capacityProvider: 'B', weight: 1 }],
          serviceConnectConfiguration: { enabled: true },
        },
      ),
    ).toEqual([
      'security groups: sg-1 removed, sg-2 added',
      'platform version 1.4.0 → 1.5.0',
      'capacity providers: A (weight 1, base 0) removed, B (weight 1, base 0) added',
      'service connect configuration changed',
    ]);
  });

  it('is nothing where only the deployment is another', () => {
    const same = {
      taskDefinition: 'api:1',
      containerImages: [{ containerName: 'app', image: 'i:1', imageDigest: 'sha256:a' }],
    };
    expect(
      serviceChanges(
        { ...same, serviceRevisionArn: '1' },
        { ...same, serviceRevisionArn: '2', createdAt: new Date() },
      ),
    ).toEqual([]);
  });
});

describe('the file for a post-mortem', () => {
  const hostile = '</td> @channel [x](http://evil) | **b** `c` ![i](http://evil/i.png)\n| row |';
  it('lets nothing of a text act', () => {
    const text = happeningsMarkdown({
      ...report(),
      command: 'timeline',
      details: {
        timeline: { from: at(0), to: at(9), rows: [{ at: at(1), count: 2, about: 'event', text: hostile }] },
      },
    });
    expect(text.split('\n').filter((line) => line.startsWith('| 2026'))).toHaveLength(1);
    expect(text).not.toMatch(/(?<!\\)\]\(|@channel|https?:\/\/|(?<!\\)`|<\/td>/);
    expect(text).toContain('2 × ');
  });
});
