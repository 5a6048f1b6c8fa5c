import { z } from 'zod';
import { LIMITS } from './limits.ts';
import { actionId, chars, confirm, focus, integer, list, placeholder } from './primitives.ts';
import { richTextBlock } from './rich-text.ts';

const dispatch = {
  dispatch_action_config: z
    .strictObject({
      trigger_actions_on: list(z.enum(['on_enter_pressed', 'on_character_entered']), 2).optional(),
    })
    .optional(),
};
const typed = { ...actionId, ...placeholder, ...focus, ...dispatch };
const picked = { ...actionId, ...confirm, ...focus };
const decimal = z.string().regex(/^-?\d+(\.\d+)?$/, { error: 'must be a decimal number as a string' });

/** The pickers of dates and times; they also work outside input blocks. */
export const pickers = [
  z.strictObject({
    type: z.literal('datepicker'),
    ...picked,
    ...placeholder,
    initial_date: z
      .string()
      .regex(/^\d{4}-\d{2}-\d{2}$/, { error: 'must have the form YYYY-MM-DD' })
      .optional(),
  }),
  z.strictObject({
    type: z.literal('timepicker'),
    ...picked,
    ...placeholder,
    initial_time: z
      .string()
      .regex(/^\d{2}:\d{2}$/, { error: 'must have the form HH:mm' })
      .optional(),
    timezone: z.string().optional(),
  }),
  z.strictObject({
    type: z.literal('datetimepicker'),
    ...picked,
    initial_date_time: z.number().int().optional(),
  }),
] as const;

export const richTextInput = z.strictObject({
  type: z.literal('rich_text_input'),
  ...typed,
  initial_value: richTextBlock.optional(),
  min_lines: integer(1, 100).optional(),
  max_lines: integer(1, 100).optional(),
});

/** The fields that somebody types into; they only work in input blocks. */
export const fields = [
  z
    .strictObject({
      type: z.literal('plain_text_input'),
      ...typed,
      initial_value: chars(LIMITS.inputText).optional(),
      multiline: z.boolean().optional(),
      min_length: integer(0, LIMITS.inputText).optional(),
      max_length: integer(1, LIMITS.inputText).optional(),
    })
    .refine((field) => (field.min_length ?? 0) <= (field.max_length ?? LIMITS.inputText), {
      error: 'min_length must not exceed max_length',
    }),
  z.strictObject({
    type: z.literal('number_input'),
    ...typed,
    is_decimal_allowed: z.boolean(),
    initial_value: decimal.optional(),
    min_value: decimal.optional(),
    max_value: decimal.optional(),
  }),
  z.strictObject({
    type: z.literal('email_text_input'),
    ...typed,
    initial_value: z.string().optional(),
  }),
  z.strictObject({
    type: z.literal('url_text_input'),
    ...typed,
    initial_value: z.string().optional(),
  }),
  z.strictObject({
    type: z.literal('file_input'),
    ...actionId,
    filetypes: list(z.string(), 100).optional(),
    max_files: integer(1, 10).optional(),
  }),
  richTextInput,
] as const;
