import { z } from 'zod';
import { LIMITS } from './limits.ts';
import { blockId, chars, integer, list } from './primitives.ts';

const styled = {
  style: z
    .strictObject({
      bold: z.boolean().optional(),
      italic: z.boolean().optional(),
      strike: z.boolean().optional(),
      underline: z.boolean().optional(),
      code: z.boolean().optional(),
      highlight: z.boolean().optional(),
      client_highlight: z.boolean().optional(),
      unlink: z.boolean().optional(),
    })
    .optional(),
};

const text = z.strictObject({
  type: z.literal('text'),
  text: chars(Number.MAX_SAFE_INTEGER),
  ...styled,
});

const link = z.strictObject({
  type: z.literal('link'),
  url: chars(LIMITS.url),
  text: z.string().optional(),
  unsafe: z.boolean().optional(),
  ...styled,
});

const leaf = z.discriminatedUnion('type', [
  text,
  link,
  z.strictObject({
    type: z.literal('emoji'),
    name: chars(LIMITS.id),
    unicode: z.string().optional(),
    url: z.string().optional(),
    ...styled,
  }),
  z.strictObject({
    type: z.literal('date'),
    timestamp: z.number().int(),
    format: chars(LIMITS.text),
    url: z.string().optional(),
    fallback: z.string().optional(),
    ...styled,
  }),
  z.strictObject({ type: z.literal('color'), value: z.string(), ...styled }),
  z.strictObject({ type: z.literal('user'), user_id: z.string(), ...styled }),
  z.strictObject({ type: z.literal('usergroup'), usergroup_id: z.string(), ...styled }),
  z.strictObject({ type: z.literal('channel'), channel_id: z.string(), ...styled }),
  z.strictObject({ type: z.literal('team'), team_id: z.string(), ...styled }),
  z.strictObject({
    type: z.literal('broadcast'),
    range: z.enum(['here', 'channel', 'everyone']),
    ...styled,
  }),
]);

const border = { border: integer(0, 1).optional() };
const indent = { indent: integer(0, 8).optional() };

const section = z.strictObject({ type: z.literal('rich_text_section'), elements: z.array(leaf) });

const element = z.discriminatedUnion('type', [
  section,
  z.strictObject({
    type: z.literal('rich_text_list'),
    style: z.enum(['bullet', 'ordered']),
    elements: z.array(section),
    offset: integer(0, Number.MAX_SAFE_INTEGER).optional(),
    ...indent,
    ...border,
  }),
  z.strictObject({ type: z.literal('rich_text_quote'), elements: z.array(leaf), ...border }),
  z.strictObject({
    type: z.literal('rich_text_preformatted'),
    elements: z.array(z.discriminatedUnion('type', [text, link])),
    language: z.string().optional(),
    ...border,
  }),
]);

export const richTextBlock = z.strictObject({
  type: z.literal('rich_text'),
  ...blockId,
  elements: list(element, Number.MAX_SAFE_INTEGER),
});
