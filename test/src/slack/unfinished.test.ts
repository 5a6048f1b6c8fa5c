import { WebClient } from '@slack/web-api';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { createPoster, type Posted } from '#src/slack/post.ts';
import { createUnfinished } from '#src/slack/unfinished.ts';

const log = pino({ level: 'silent' });
const client = new WebClient('xoxb-not-used');
const posted = { channel: 'C1', ts: '1.1' };

test('Saying what is cut off keeps no restart waiting for Slack', async () => {
  const hangs = Promise.withResolvers<never>();
  const unfinished = createUnfinished({
    poster: { ...createPoster({ log }), edit: () => hangs.promise },
    log,
  });
  unfinished.add(client, posted);
  await expect(unfinished.cutOff(1)).resolves.toBeUndefined();
});

test('Only what has no answer yet is said to be cut off', async () => {
  const edited: string[] = [];
  const edit = async (_client: WebClient, { channel, ts }: Posted) => {
    edited.push(ts);
    return { channel, ts };
  };
  const unfinished = createUnfinished({ poster: { ...createPoster({ log }), edit }, log });
  unfinished.add(client, posted);
  unfinished.add(client, { channel: 'C1', ts: '2.2' });
  unfinished.done(posted);
  await unfinished.cutOff(1_000);
  expect(edited).toEqual(['2.2']);
});
