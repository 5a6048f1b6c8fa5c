import { z } from 'zod';
import { codePoints, LIMITS } from './limits.ts';

/** A string of `min` to `max` code points. */
export function chars(max: number, min = 1) {
  return z
    .string()
    .refine((text) => codePoints(text) >= min, { error: `must be more than ${min - 1} characters` })
    .refine((text) => codePoints(text) <= max, { error: `must be less than ${max + 1} characters` });
}

/** An array of `min` to `max` items. */
export function list<T extends z.ZodType>(item: T, max: number, min = 1) {
  return z
    .array(item)
    .refine((items) => items.length >= min, { error: `no fewer than ${min} items allowed` })
    .refine((items) => items.length <= max, { error: `no more than ${max} items allowed` });
}

export function integer(min: number, max: number) {
  return z.number().refine((value) => Number.isInteger(value) && value >= min && value <= max, {
    error: `must be an integer from ${min} to ${max}`,
  });
}

export function plainText(max: number) {
  return z.strictObject({
    type: z.literal('plain_text'),
    text: chars(max),
    emoji: z.boolean().optional(),
  });
}

export function mrkdwn(max: number) {
  return z.strictObject({
    type: z.literal('mrkdwn'),
    text: chars(max),
    verbatim: z.boolean().optional(),
  });
}

/** A text object of either kind. */
export function anyText(max: number) {
  return z.discriminatedUnion('type', [plainText(max), mrkdwn(max)]);
}

export const blockId = { block_id: chars(LIMITS.id).optional() };
export const actionId = { action_id: chars(LIMITS.id).optional() };
export const placeholder = { placeholder: plainText(LIMITS.placeholder).optional() };
export const focus = { focus_on_load: z.boolean().optional() };
export const style = z.enum(['primary', 'danger']);

export const confirm = {
  confirm: z
    .strictObject({
      title: plainText(LIMITS.confirmTitle).optional(),
      text: anyText(LIMITS.confirmText),
      confirm: plainText(LIMITS.confirmButton).optional(),
      deny: plainText(LIMITS.confirmButton).optional(),
      style: style.optional(),
    })
    .optional(),
};

export const slackFile = z
  .strictObject({ id: chars(LIMITS.id).optional(), url: chars(LIMITS.url).optional() })
  .refine((file) => (file.id === undefined) !== (file.url === undefined), {
    error: 'must provide either id or url',
  });

const imageSource = {
  alt_text: chars(LIMITS.altText),
  image_url: chars(LIMITS.url).optional(),
  slack_file: slackFile.optional(),
};

/** An image has one source, and only one. */
function hasOneSource(image: { image_url?: string | undefined; slack_file?: unknown }): boolean {
  return (image.image_url === undefined) !== (image.slack_file === undefined);
}

const oneSource = { error: 'must provide either image_url or slack_file' };

export const imageElement = z
  .strictObject({ type: z.literal('image'), ...imageSource })
  .refine(hasOneSource, oneSource);

export const imageBlock = z
  .strictObject({
    type: z.literal('image'),
    ...blockId,
    ...imageSource,
    title: plainText(LIMITS.imageTitle).optional(),
  })
  .refine(hasOneSource, oneSource);
