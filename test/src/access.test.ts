import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { environmentsFor, groupsOf, mayLook, refusal } from '#src/access.ts';
import type { Allow, Environment } from '#src/config.ts';
import { fc } from '#test/property.ts';

const silent = pino({ level: 'silent' });

describe('who may look', () => {
  const both: Allow = { channels: ['C1', 'C2'], groups: ['S1', 'S2'] };
  it.each<[string, Allow | undefined, string | undefined, string[], boolean]>([
    ['everyone may where everyone may', 'everyone', undefined, [], true],
    ['nobody may where nothing is said', undefined, 'C1', ['S1'], false],
    ['nobody may where no list is given', {}, 'C1', ['S1'], false],
    ['the channel opens', { channels: ['C1'] }, 'C1', [], true],
    ['another channel does not', { channels: ['C1'] }, 'C2', ['S1'], false],
    ['no channel does not', { channels: ['C1'] }, undefined, ['S1'], false],
    ['a group opens', { groups: ['S1', 'S2'] }, undefined, ['S2'], true],
    ['another group does not', { groups: ['S1'] }, 'C1', ['S3'], false],
    ['an empty list lets nobody in', { groups: [] }, 'C1', ['S1'], false],
    ['both lists match', both, 'C2', ['S1'], true],
    ['only the channel matches', both, 'C1', ['S3'], false],
    ['only the group matches', both, 'C3', ['S1'], false],
  ])('%s', (_name, allow, channel, groups, expected) => {
    expect(mayLook(allow === undefined ? {} : { allow }, { channel, groups: new Set(groups) })).toBe(
      expected,
    );
  });

  it('adding a list never lets more people in', () => {
    const id = fc.constantFrom('1', '2', '3');
    const ids = fc.array(id);
    fc.assert(
      fc.property(ids, ids, id, ids, (channels, groups, channel, memberOf) => {
        const asker = { channel, groups: new Set(memberOf) };
        const withBoth = mayLook({ allow: { channels, groups } }, asker);
        expect(withBoth && !mayLook({ allow: { channels } }, asker)).toBe(false);
        expect(withBoth && !mayLook({ allow: { groups } }, asker)).toBe(false);
      }),
    );
  });
});

describe('the environments that are open', () => {
  const environment = (name: string, allow: Allow): Environment => ({
    name,
    account: '222222222222',
    region: 'us-east-1',
    partition: 'aws',
    allow,
  });
  const environments = [
    environment('dev', 'everyone'),
    environment('prod', { groups: ['S1'] }),
    environment('audit', { groups: ['S1', 'S2'], channels: ['C1'] }),
  ];

  it('are found by the groups, each asked once', async () => {
    const asked: string[] = [];
    const open = await environmentsFor(
      environments,
      { user: 'U1', channel: 'C1' },
      async (group) => {
        asked.push(group);
        return new Set(group === 'S2' ? ['U1'] : []);
      },
      silent,
    );
    expect(open.map(({ name }) => name)).toEqual(['dev', 'audit']);
    expect(asked.sort()).toEqual(groupsOf(environments));
  });

  it('are closed where members cannot be read, and only there, and the log says so', async () => {
    const lines: string[] = [];
    const log = pino({}, { write: (line) => lines.push(line) });
    const failing = async (group: string) => {
      if (group === 'S1') throw new Error('ratelimited');
      return new Set(['U1']);
    };
    const open = await environmentsFor(environments, { user: 'U1', channel: 'C1' }, failing, log);
    expect(open.map(({ name }) => name)).toEqual(['dev', 'audit']);
    expect(JSON.parse(lines[0] ?? '{}')).toMatchObject({
      group: 'S1',
      user: 'U1',
      err: { message: 'ratelimited' },
    });
  });
});

describe('a refusal', () => {
  it.each<[Allow | undefined, string]>([
    [
      { channels: ['C1'], groups: ['S1', 'S2'] },
      'You may not look at prod from here: that can be done only by members of <!subteam^S1> or <!subteam^S2>, and only from <#C1>. Ask a member of <!subteam^S1> or <!subteam^S2>, or whoever runs this bot.',
    ],
    [
      { channels: ['C1'] },
      'You may not look at prod from here: that can be done only from <#C1>. Ask there, or ask in <#C1> to be invited.',
    ],
    [
      undefined,
      'Nobody may look at prod yet: its `allow` in the accounts file is missing. Ask whoever runs this bot.',
    ],
  ])('for %o says the rule and whom to ask', (allow, sentence) => {
    expect(refusal(allow === undefined ? { name: 'prod' } : { name: 'prod', allow })).toBe(sentence);
  });
});
