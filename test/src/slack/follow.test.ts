import { WebClient } from '@slack/web-api';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Message } from '#blocks/message.ts';
import type { Answer, EnvironmentSummary, Request } from '#commands/command.ts';
import type { Bot, Use } from '#src/slack/deps.ts';
import { keepFollowing, once } from '#src/slack/follow.ts';
import { prod, reportOf } from './bot.ts';

const request: Request = { command: 'deployment', service: 'api', environment: 'prod', options: {} };
const posted = { channel: 'C1', ts: '1.1' };

function answer(status: string, running: number, age = ''): Answer {
  const ended = status !== 'IN_PROGRESS';
  const says = [{ about: 'Time', text: `${age} so far` }];
  const deployment = {
    revision: 'api:42',
    controller: 'ECS',
    status,
    ended,
    running,
    pending: 0,
    desired: 2,
    says,
  };
  return { kind: 'report', report: reportOf(request, { details: { deployment } }) };
}

interface Edit {
  last: boolean;
  message: Message;
}

/** The bot's parts that following needs: looks are found in order, the last of them for ever. */
function botOf(
  looks: (Answer | Error)[],
  { allowed = () => [prod] as EnvironmentSummary[], busy = (): boolean => false } = {},
) {
  const edits: Edit[] = [];
  const uses: Use[] = [];
  const asked: Date[] = [];
  const edit = (last: boolean) => async (_client: WebClient, _posted: unknown, message: Message) => {
    edits.push({ last, message });
    return true;
  };
  const bot = {
    log: pino({ level: 'silent' }),
    follows: new Map(),
    endings: new Set(),
    ending: new AbortController(),
    work: {
      start(task: () => Promise<void>) {
        if (busy()) return false;
        void task();
        return true;
      },
    },
    people: {
      named: (person: unknown) => person,
      isHome: async () => true,
      membersOf: async () => new Set(),
    },
    deps: {
      environmentsFor: async () => allowed(),
      now: () => new Date(),
      audit: (use: Use) => void uses.push(use),
      ask: async ({ now }: { now: Date }) => {
        asked.push(now);
        const found = looks[Math.min(asked.length, looks.length) - 1];
        if (found instanceof Error) throw found;
        return found;
      },
    },
    poster: { edit: edit(true), editIfFree: edit(false) },
  } as unknown as Bot;
  return { bot, edits, asked, uses };
}

const client = new WebClient('xoxb-not-used');

function begin(bot: Bot, first: Answer = answer('IN_PROGRESS', 0)): void {
  const rendering = { request, environments: [prod], topics: [], private: false, bot: 'sleuth' };
  keepFollowing(bot, first, { client, person: { id: 'U1' }, posted, request, rendering });
}

const textOf = (edit: Edit | undefined) => JSON.stringify(edit?.message.blocks);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a followed deployment in Slack', () => {
  it('is kept up to date in its one message until it has ended', async () => {
    const { bot, edits } = botOf([answer('IN_PROGRESS', 1), answer('SUCCESSFUL', 2)]);
    begin(bot);
    await vi.runAllTimersAsync();
    expect(edits.map(({ last }) => last)).toEqual([false, false, true]);
    expect(textOf(edits[0])).toContain('Following until it ends');
    expect(textOf(edits[0])).toContain('restart of the bot');
    expect(textOf(edits[2])).not.toContain('Following until');
    expect(bot.follows.size).toBe(0);
  });

  it('is not edited for the passing of time alone', async () => {
    const { bot, edits, asked } = botOf([
      answer('IN_PROGRESS', 0, '1 minute'),
      answer('IN_PROGRESS', 0, '2 minutes'),
      answer('SUCCESSFUL', 2),
    ]);
    begin(bot);
    await vi.runAllTimersAsync();
    expect(asked).toHaveLength(3);
    expect(edits.map(({ last }) => last)).toEqual([false, true]);
  });

  it('is looked at as one piece of work each time, and waits while there is too much of it', async () => {
    const turns = [true, true, false];
    const { bot, asked } = botOf([answer('SUCCESSFUL', 2)], { busy: () => turns.shift() ?? false });
    begin(bot);
    await vi.runAllTimersAsync();
    expect(asked).toHaveLength(1);
    expect(turns).toEqual([]);
  });

  it('goes on after a look that fails', async () => {
    const { bot, edits } = botOf([new Error('throttled'), answer('SUCCESSFUL', 2)]);
    begin(bot);
    await vi.runAllTimersAsync();
    expect(edits.at(-1)?.last).toBe(true);
  });

  it('shows nothing more to somebody who may no longer look, and says so at once', async () => {
    const { bot, edits, asked, uses } = botOf([answer('SUCCESSFUL', 2)], { allowed: () => [] });
    begin(bot);
    await vi.runAllTimersAsync();
    expect(asked).toEqual([]);
    expect(edits.map(({ last }) => last)).toEqual([false, true]);
    expect(textOf(edits[1])).toContain('whoever asked may no longer look at prod from here');
    expect(uses.at(-1)).toMatchObject({
      outcome: 'refused',
      detail: 'following ended: access was taken away',
    });
  });

  it('is given up where it cannot be told whether somebody may look', async () => {
    const { bot, edits, asked } = botOf([answer('SUCCESSFUL', 2)], {
      allowed: () => {
        throw new Error('Slack does not answer');
      },
    });
    begin(bot);
    await vi.runAllTimersAsync();
    expect(asked).toEqual([]);
    expect(textOf(edits.at(-1))).toContain('several looks in a row learnt nothing');
  });

  it('is in the audit when it begins and when it ends, with what was asked of AWS', async () => {
    const { bot, uses } = botOf([answer('IN_PROGRESS', 1), answer('SUCCESSFUL', 2)]);
    begin(bot);
    const [first] = uses;
    expect(first).toMatchObject({ entry: 'follow', detail: 'following begins', channel: 'C1', request });
    await vi.runAllTimersAsync();
    expect(uses.slice(1)).toMatchObject([
      { entry: 'follow', outcome: 'answered', detail: 'following ended: the deployment ended', calls: 6 },
    ]);
  });

  it('that is cut off by a restart says so in its message, and in the audit', async () => {
    const { bot, uses, edits } = botOf([answer('IN_PROGRESS', 1)]);
    begin(bot);
    bot.ending.abort();
    for (const following of bot.follows.values()) following.abort();
    await vi.runAllTimersAsync();
    expect(uses.at(-1)).toMatchObject({ detail: 'following ended: it was cut off' });
    expect(textOf(edits.at(-1))).toContain('ended by a restart of the bot');
    expect(textOf(edits.at(-1))).not.toContain('Following until');
    expect(bot.endings.size).toBe(0);
  });

  it('is followed once, whoever asks again for the same message', async () => {
    const { bot } = botOf([answer('IN_PROGRESS', 1)]);
    begin(bot);
    begin(bot);
    expect(bot.follows.size).toBe(1);
    await vi.runAllTimersAsync();
    expect(bot.follows.size).toBe(0);
  });

  it('is not followed when too many are, and says so', async () => {
    const { bot, edits, asked } = botOf([answer('IN_PROGRESS', 1)]);
    for (let index = 0; index < 20; index += 1) bot.follows.set(`C1:${index}`, new AbortController());
    begin(bot);
    await vi.runAllTimersAsync();
    expect(asked).toEqual([]);
    expect(textOf(edits[0])).toContain('Not followed');
  });

  it('has nothing to follow where it has ended already', async () => {
    const { bot, edits } = botOf([]);
    begin(bot, answer('SUCCESSFUL', 2));
    await vi.runAllTimersAsync();
    expect(edits).toEqual([]);
  });
});

it('a request that is looked at once keeps all else', () => {
  const asked: Request = { ...request, options: { follow: true, cluster: 'prod' } };
  expect(once(asked).options).toEqual({ cluster: 'prod' });
  expect(asked.options.follow).toBe(true);
});
