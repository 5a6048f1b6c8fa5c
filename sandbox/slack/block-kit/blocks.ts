import { z } from 'zod';
import { dataVisualizationBlock } from './charts.ts';
import {
  button,
  checkboxes,
  feedbackButtons,
  iconButton,
  overflow,
  radioButtons,
  selects,
  workflowButton,
} from './elements.ts';
import { fields, pickers, richTextInput } from './inputs.ts';
import { LIMITS } from './limits.ts';
import { anyText, blockId, chars, imageBlock, imageElement, list, mrkdwn, plainText } from './primitives.ts';
import { richTextBlock } from './rich-text.ts';
import { dataTableBlock, tableBlock } from './tables.ts';

const interactive = [
  button,
  workflowButton,
  checkboxes,
  overflow,
  radioButtons,
  ...selects,
  ...pickers,
] as const;

const section = z
  .strictObject({
    type: z.literal('section'),
    ...blockId,
    text: anyText(LIMITS.text).optional(),
    fields: list(anyText(LIMITS.sectionField), LIMITS.sectionFields).optional(),
    accessory: z.discriminatedUnion('type', [imageElement, ...interactive]).optional(),
    expand: z.boolean().optional(),
  })
  .refine((block) => block.text !== undefined || block.fields !== undefined, {
    error: 'must provide text or fields',
  });

const header = z.strictObject({
  type: z.literal('header'),
  ...blockId,
  text: plainText(LIMITS.header),
  level: z.number().int().optional(),
});

const divider = z.strictObject({ type: z.literal('divider'), ...blockId });

const context = z.strictObject({
  type: z.literal('context'),
  ...blockId,
  elements: list(
    z.discriminatedUnion('type', [imageElement, plainText(LIMITS.text), mrkdwn(LIMITS.text)]),
    LIMITS.contextElements,
  ),
});

const actions = z.strictObject({
  type: z.literal('actions'),
  ...blockId,
  elements: list(z.discriminatedUnion('type', [...interactive, richTextInput]), LIMITS.actionsElements),
});

const contextActions = z.strictObject({
  type: z.literal('context_actions'),
  ...blockId,
  elements: list(z.discriminatedUnion('type', [feedbackButtons, iconButton]), LIMITS.contextActions),
});

const input = z.strictObject({
  type: z.literal('input'),
  ...blockId,
  label: plainText(LIMITS.inputLabel),
  hint: plainText(LIMITS.inputLabel).optional(),
  optional: z.boolean().optional(),
  dispatch_action: z.boolean().optional(),
  element: z.discriminatedUnion('type', [checkboxes, radioButtons, ...selects, ...pickers, ...fields]),
});

const markdown = z.strictObject({
  type: z.literal('markdown'),
  ...blockId,
  text: chars(LIMITS.markdownText),
});

const alert = z.strictObject({
  type: z.literal('alert'),
  ...blockId,
  text: anyText(LIMITS.alertText),
  level: z.enum(['default', 'info', 'warning', 'error', 'success']).optional(),
});

const file = z.strictObject({
  type: z.literal('file'),
  ...blockId,
  source: z.string(),
  external_id: z.string(),
});

const video = z.strictObject({
  type: z.literal('video'),
  ...blockId,
  video_url: chars(LIMITS.url),
  thumbnail_url: chars(LIMITS.url),
  alt_text: chars(LIMITS.videoAlt),
  title: plainText(200),
  title_url: chars(LIMITS.url).optional(),
  author_name: chars(LIMITS.videoAuthor).optional(),
  provider_name: z.string().optional(),
  provider_icon_url: chars(LIMITS.url).optional(),
  description: plainText(200).optional(),
});

const card = z
  .strictObject({
    type: z.literal('card'),
    ...blockId,
    hero_image: imageElement.optional(),
    icon: imageElement.optional(),
    slack_icon: z.unknown().optional(),
    title: mrkdwn(LIMITS.cardTitle).optional(),
    subtitle: mrkdwn(LIMITS.cardTitle).optional(),
    body: mrkdwn(LIMITS.cardBody).optional(),
    subtext: mrkdwn(LIMITS.cardBody).optional(),
    actions: list(button, LIMITS.cardActions).optional(),
  })
  .refine((block) => block.hero_image ?? block.title ?? block.actions ?? block.body, {
    error: 'must provide hero_image, title, actions or body',
  })
  .refine((block) => block.icon === undefined || block.slack_icon === undefined, {
    error: 'must not provide both icon and slack_icon',
  });

const carousel = z.strictObject({
  type: z.literal('carousel'),
  ...blockId,
  elements: list(card, LIMITS.carouselCards),
});

const taskCard = z.strictObject({
  type: z.literal('task_card'),
  ...blockId,
  task_id: chars(LIMITS.id),
  title: chars(LIMITS.text),
  status: z.enum(['pending', 'in_progress', 'complete', 'error']),
  details: richTextBlock.optional(),
  output: richTextBlock.optional(),
  sources: z
    .array(z.strictObject({ type: z.literal('url'), url: chars(LIMITS.url), text: chars(LIMITS.text) }))
    .optional(),
});

const plan = z.strictObject({
  type: z.literal('plan'),
  ...blockId,
  title: chars(LIMITS.text),
  tasks: z.array(taskCard).optional(),
});

const child = [
  actions,
  context,
  divider,
  file,
  header,
  imageBlock,
  input,
  richTextBlock,
  section,
  tableBlock,
  video,
] as const;

const container = z
  .strictObject({
    type: z.literal('container'),
    ...blockId,
    title: plainText(LIMITS.cardTitle).optional(),
    rich_text_title: richTextBlock.optional(),
    subtitle: anyText(LIMITS.cardTitle).optional(),
    child_blocks: list(z.discriminatedUnion('type', [...child]), LIMITS.containerBlocks),
    width: z.enum(['narrow', 'standard', 'wide', 'full']).optional(),
    icon: imageElement.optional(),
    is_collapsible: z.boolean().optional(),
    default_collapsed: z.boolean().optional(),
    has_header_divider: z.boolean().optional(),
  })
  .refine((block) => !block.default_collapsed || block.is_collapsible, {
    error: 'default_collapsed needs is_collapsible',
  });

/** Every block that the platform knows, whatever the surface. */
export const anyBlock = z.discriminatedUnion('type', [
  ...child,
  alert,
  card,
  carousel,
  container,
  contextActions,
  dataTableBlock,
  dataVisualizationBlock,
  markdown,
  plan,
  taskCard,
]);
