import type { ConversationsSelect, InputBlock, ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { askModal } from '#blocks/ask-modal.ts';
import { plainText } from '#blocks/elements.ts';
import { slack } from '#blocks/limits.ts';
import type { Request } from '#commands/command.ts';
import type { Bot } from './deps.ts';
import type { Place } from './post.ts';
import { decodeRequest, encodeRequest } from './state.ts';

/** What is known before the form is filled in. */
export interface Prefill {
  /** Where it was opened: the answer goes there unless the asker says otherwise. */
  place?: Place;
  guess?: Request | undefined;
  notice?: string;
}

/** Opens the form. Its lists are read meanwhile, so that they are there when a menu is opened. */
export async function openForm(
  bot: Bot,
  client: WebClient,
  trigger: string,
  prefill: Prefill,
): Promise<void> {
  warmLists(bot, prefill);
  await client.views.open({ trigger_id: trigger, view: formView(bot, prefill) });
}

export function warmLists(bot: Bot, { guess }: Prefill): void {
  if (guess?.environment !== undefined) bot.services.warm(guess.environment);
}

export function formView(bot: Bot, { place, guess, notice }: Prefill): ModalView {
  const commands = bot.deps.topics.filter(({ usage }) => usage.startsWith('SERVICE')).map(({ name }) => name);
  const service =
    guess?.service === undefined ? undefined : serviceValue(guess.options.cluster, guess.service);
  const view = askModal({
    commands,
    privateMetadata: writeFormState({ place, guess }),
    ...(guess?.environment === undefined ? {} : { environment: guess.environment }),
    ...(service === undefined ? {} : { service }),
    ...(guess?.command === undefined ? {} : { command: guess.command }),
    ...(notice === undefined ? {} : { notice }),
  });
  return { ...view, blocks: [...view.blocks, whereBlock(place)] };
}

/** A response URL for the chosen conversation lets the bot answer where it is no member. */
function whereBlock(place: Place | undefined): InputBlock {
  const element: ConversationsSelect = {
    type: 'conversations_select',
    action_id: 'channel',
    placeholder: plainText('Choose a conversation', slack.placeholder),
    response_url_enabled: true,
    ...(place === undefined
      ? { default_to_current_conversation: true }
      : { initial_conversation: place.channel }),
  };
  return {
    type: 'input',
    block_id: 'channel',
    label: plainText('Where to answer', slack.inputLabel),
    element,
  };
}

/** `cluster/service` where that fits into an option's value, and the name alone where it does not. */
export function serviceValue(cluster: string | undefined, service: string): string {
  const long = cluster === undefined ? service : `${cluster}/${service}`;
  return long.length <= slack.optionValue ? long : service.slice(0, slack.optionValue);
}

export function readServiceValue(value: string): { cluster?: string; service: string } {
  const match = /^(?<cluster>[A-Za-z0-9_-]+)\/(?<service>[A-Za-z0-9_-]+)$/.exec(value)?.groups;
  const { cluster, service } = match ?? {};
  return cluster === undefined || service === undefined ? { service: value } : { cluster, service };
}

const stateShape = z.object({ c: z.string().optional(), t: z.string().optional(), g: z.string().optional() });

/** Comes back with the form: Slack keeps it from the asker's hands. At most 3,000 characters. */
function writeFormState({ place, guess }: Prefill): string {
  return JSON.stringify({
    c: place?.channel,
    t: place?.threadTs,
    g: guess === undefined ? undefined : encodeRequest({ ...guess, text: undefined }),
  });
}

export function readFormState(metadata: string): { place?: Place; guess?: Request } {
  let parsed: z.infer<typeof stateShape> = {};
  try {
    parsed = stateShape.parse(JSON.parse(metadata));
  } catch {
    return {};
  }
  const { c: channel, t: threadTs, g } = parsed;
  const guess = decodeRequest(g);
  return {
    ...(channel === undefined ? {} : { place: { channel, ...(threadTs === undefined ? {} : { threadTs }) } }),
    ...(guess === undefined ? {} : { guess }),
  };
}
