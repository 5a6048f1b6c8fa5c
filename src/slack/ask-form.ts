import type { ConversationsSelect, InputBlock, ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { askModal } from '#blocks/ask-modal.ts';
import { plainText } from '#blocks/elements.ts';
import { slack } from '#blocks/limits.ts';
import type { Bot } from './deps.ts';
import { type FormState, readFormState, serviceValue, writeFormState } from './form-state.ts';
import { slackErrorCode } from './slack-error.ts';

/** Opens the form. Its lists are read meanwhile, so that they are there when a menu is opened. */
export async function openForm(
  bot: Bot,
  client: WebClient,
  trigger: string,
  state: FormState,
): Promise<void> {
  warmLists(bot, state);
  await client.views.open({ trigger_id: trigger, view: formView(bot, state) });
}

export function warmLists(bot: Bot, { guess, chosen }: FormState): void {
  const environment = chosen?.environment ?? guess?.environment;
  if (environment !== undefined) bot.services.warm(environment);
}

const noticeOfUnsure = 'The message does not say for certain which service it is about.';

/** The fields that others depend on tell the bot at once when they are filled in. */
const telling = new Set(['environment', 'channel']);

export function formView(bot: Bot, state: FormState): ModalView {
  const { guess, unsure, placeFirst } = state;
  const commands = bot.deps.topics.filter(({ usage }) => usage.startsWith('SERVICE')).map(({ name }) => name);
  const service =
    guess?.service === undefined ? undefined : serviceValue(guess.options.cluster, guess.service);
  const view = askModal({
    commands,
    privateMetadata: writeFormState(state),
    ...(guess?.environment === undefined ? {} : { environment: guess.environment }),
    ...(service === undefined ? {} : { service }),
    ...(guess?.command === undefined ? {} : { command: guess.command }),
    ...(unsure === true ? { notice: noticeOfUnsure } : {}),
  });
  const where = whereBlock(state);
  const blocks = placeFirst === true ? [where, ...view.blocks] : [...view.blocks, where];
  return {
    ...view,
    blocks: blocks.map((block) =>
      block.type === 'input' && telling.has(block.block_id ?? '')
        ? { ...block, dispatch_action: true }
        : block,
    ),
  };
}

/** A response URL for the chosen conversation lets the bot answer where it is no member. */
function whereBlock({ place, placeFirst }: FormState): InputBlock {
  const element: ConversationsSelect = {
    type: 'conversations_select',
    action_id: 'channel',
    placeholder: plainText('Choose a conversation', slack.placeholder),
    response_url_enabled: true,
    ...initialPlace(place?.channel, placeFirst),
  };
  const label = plainText('Where to answer', slack.inputLabel);
  return { type: 'input', block_id: 'channel', label, element };
}

/** A field that starts filled in does not tell what it holds, so where rights depend on it, it starts empty. */
function initialPlace(
  channel: string | undefined,
  placeFirst: boolean | undefined,
): Partial<ConversationsSelect> {
  if (channel !== undefined) return { initial_conversation: channel };
  return placeFirst === true ? {} : { default_to_current_conversation: true };
}

const bodyShape = z.object({
  view: z.object({
    id: z.string(),
    hash: z.string().optional(),
    callback_id: z.literal('ask'),
    private_metadata: z.string(),
    state: z.object({
      values: z.object({
        environment: z
          .object({ environment: z.object({ selected_option: z.object({ value: z.string() }).nullish() }) })
          .optional(),
        channel: z.object({ channel: z.object({ selected_conversation: z.string().nullish() }) }).optional(),
      }),
    }),
  }),
});

/** Somebody filled in a field of the form that others depend on: notes it, and reads the services there. */
export async function noteChoice(bot: Bot, client: WebClient, body: unknown): Promise<void> {
  const parsed = bodyShape.safeParse(body);
  if (!parsed.success) return;
  const { view } = parsed.data;
  const { environment, channel } = view.state.values;
  const name = environment?.environment.selected_option?.value;
  const where = channel?.channel.selected_conversation ?? undefined;
  const state: FormState = {
    ...readFormState(view.private_metadata),
    chosen: {
      ...(name === undefined ? {} : { environment: name }),
      ...(where === undefined ? {} : { channel: where }),
    },
  };
  if (writeFormState(state) === view.private_metadata) return;
  warmLists(bot, state);
  try {
    await client.views.update({
      view_id: view.id,
      ...(view.hash === undefined ? {} : { hash: view.hash }),
      view: formView(bot, state),
    });
  } catch (error) {
    // hash_conflict: a later choice was faster, and it knew of this one.
    bot.log.warn({ code: slackErrorCode(error) }, 'A choice in the form could not be noted');
  }
}
