import { z } from 'zod';
import { LIMITS } from './limits.ts';
import {
  choiceOption,
  hasOneSourceOfOptions,
  menuOption,
  menuOptions,
  overflowOption,
  startsWithKnownOptions,
} from './options.ts';
import {
  actionId,
  chars,
  confirm,
  focus,
  integer,
  list,
  placeholder,
  plainText,
  style,
} from './primitives.ts';

const accessibility = { accessibility_label: chars(LIMITS.buttonText).optional() };
const oneSource = { error: 'must provide either options or option_groups' };
const known = { error: 'initial options must match options exactly' };
const maxSelected = { max_selected_items: integer(1, LIMITS.options).optional() };
const query = { min_query_length: integer(0, 100).optional() };
const menu = { ...actionId, ...placeholder, ...confirm, ...focus };

export const button = z.strictObject({
  type: z.literal('button'),
  ...actionId,
  ...confirm,
  ...accessibility,
  text: plainText(LIMITS.buttonText),
  value: chars(LIMITS.buttonValue).optional(),
  url: chars(LIMITS.url).optional(),
  style: style.optional(),
});

export const workflowButton = z.strictObject({
  type: z.literal('workflow_button'),
  ...actionId,
  ...confirm,
  ...accessibility,
  text: plainText(LIMITS.buttonText),
  workflow: z.object({ trigger: z.object({ url: chars(LIMITS.url) }) }),
  style: style.optional(),
});

const feedback = z.strictObject({
  text: plainText(LIMITS.buttonText),
  ...accessibility,
  value: chars(LIMITS.buttonValue),
});

export const feedbackButtons = z.strictObject({
  type: z.literal('feedback_buttons'),
  ...actionId,
  positive_button: feedback,
  negative_button: feedback,
});

export const iconButton = z.strictObject({
  type: z.literal('icon_button'),
  ...actionId,
  ...confirm,
  ...accessibility,
  icon: z.enum(['trash']),
  text: plainText(LIMITS.buttonText),
  value: chars(LIMITS.buttonValue).optional(),
  visible_to_user_ids: list(z.string(), LIMITS.iconButtonUsers).optional(),
});

export const overflow = z.strictObject({
  type: z.literal('overflow'),
  ...actionId,
  ...confirm,
  options: list(overflowOption, LIMITS.overflowOptions),
});

export const radioButtons = z
  .strictObject({
    type: z.literal('radio_buttons'),
    ...actionId,
    ...confirm,
    ...focus,
    options: list(choiceOption, LIMITS.choiceOptions),
    initial_option: choiceOption.optional(),
  })
  .refine(startsWithKnownOptions, known);

export const checkboxes = z
  .strictObject({
    type: z.literal('checkboxes'),
    ...actionId,
    ...confirm,
    ...focus,
    options: list(choiceOption, LIMITS.choiceOptions),
    initial_options: list(choiceOption, LIMITS.choiceOptions).optional(),
  })
  .refine(startsWithKnownOptions, known);

const staticSelect = z
  .strictObject({
    type: z.literal('static_select'),
    ...menu,
    ...menuOptions,
    initial_option: menuOption.optional(),
  })
  .refine(hasOneSourceOfOptions, oneSource)
  .refine(startsWithKnownOptions, known);

const multiStaticSelect = z
  .strictObject({
    type: z.literal('multi_static_select'),
    ...menu,
    ...menuOptions,
    ...maxSelected,
    initial_options: list(menuOption, LIMITS.options).optional(),
  })
  .refine(hasOneSourceOfOptions, oneSource)
  .refine(startsWithKnownOptions, known);

const filter = z.strictObject({
  include: list(z.enum(['im', 'mpim', 'private', 'public']), 4).optional(),
  exclude_external_shared_channels: z.boolean().optional(),
  exclude_bot_users: z.boolean().optional(),
});

const conversations = {
  ...menu,
  default_to_current_conversation: z.boolean().optional(),
  filter: filter.optional(),
};

const urlEnabled = { response_url_enabled: z.boolean().optional() };
const id = z.string();
const ids = z.array(z.string()).optional();

/** The select menus, single and multiple. */
export const selects = [
  staticSelect,
  multiStaticSelect,
  z.strictObject({
    type: z.literal('external_select'),
    ...menu,
    ...query,
    initial_option: menuOption.optional(),
  }),
  z.strictObject({
    type: z.literal('multi_external_select'),
    ...menu,
    ...query,
    ...maxSelected,
    initial_options: list(menuOption, LIMITS.options).optional(),
  }),
  z.strictObject({ type: z.literal('users_select'), ...menu, initial_user: id.optional() }),
  z.strictObject({
    type: z.literal('multi_users_select'),
    ...menu,
    ...maxSelected,
    initial_users: ids,
  }),
  z.strictObject({
    type: z.literal('conversations_select'),
    ...conversations,
    ...urlEnabled,
    initial_conversation: id.optional(),
  }),
  z.strictObject({
    type: z.literal('multi_conversations_select'),
    ...conversations,
    ...maxSelected,
    initial_conversations: ids,
  }),
  z.strictObject({
    type: z.literal('channels_select'),
    ...menu,
    ...urlEnabled,
    initial_channel: id.optional(),
  }),
  z.strictObject({
    type: z.literal('multi_channels_select'),
    ...menu,
    ...maxSelected,
    initial_channels: ids,
  }),
] as const;
