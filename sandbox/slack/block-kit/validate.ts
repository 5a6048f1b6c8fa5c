import { z } from 'zod';
import { anyBlock } from './blocks.ts';
import { crossBlockProblems } from './cross-block.ts';
import { LIMITS } from './limits.ts';
import { chars, plainText } from './primitives.ts';
import { type Problem, pointerTo, problemsOf } from './problem.ts';
import type { Surface } from './surfaces.ts';
import { isRecord, objectsIn } from './walk.ts';

/**
 * What Slack would refuse a message for; empty when it would be accepted. `payload` holds the arguments of
 * chat.postMessage or a response URL: only its blocks and attachments are looked at.
 */
export function validateMessage(
  payload: { blocks?: unknown; attachments?: unknown },
  surface: 'message' | 'ephemeral' | 'response_url',
): Problem[] {
  const problems = payload.blocks === undefined ? [] : validateBlocks(payload.blocks, surface);
  return [...problems, ...validateAttachments(payload.attachments, surface)];
}

/** What Slack would refuse an array of blocks for. `base` is the pointer of the array. */
export function validateBlocks(blocks: unknown, surface: Surface, base = '/blocks'): Problem[] {
  if (!Array.isArray(blocks)) {
    return [{ pointer: base, code: 'wrong_type', message: 'must be a valid array' }];
  }
  const each = blocks.flatMap((block, index) => problemsOf(anyBlock, block, pointerTo(base, [index])));
  return [...each, ...crossBlockProblems(blocks, surface, base)];
}

function validateAttachments(attachments: unknown, surface: Surface): Problem[] {
  if (attachments === undefined) return [];
  if (!Array.isArray(attachments)) {
    return [{ pointer: '/attachments', code: 'wrong_type', message: 'must be a valid array' }];
  }
  const problems: Problem[] = [];
  if (attachments.length > LIMITS.attachments) {
    const message = `no more than ${LIMITS.attachments} items allowed`;
    problems.push({ pointer: '/attachments', code: 'failed_constraint', message });
  }
  for (const [index, attachment] of attachments.entries()) {
    if (!isRecord(attachment) || attachment.blocks === undefined) continue;
    problems.push(...validateBlocks(attachment.blocks, surface, `/attachments/${index}/blocks`));
  }
  return problems;
}

const common = {
  blocks: z.array(z.unknown()).refine((blocks) => blocks.length > 0, {
    error: 'no fewer than 1 items allowed',
  }),
  private_metadata: chars(LIMITS.privateMetadata, 0).optional(),
  callback_id: chars(LIMITS.id, 0).optional(),
  external_id: chars(LIMITS.id, 0).optional(),
};

const view = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('modal'),
    ...common,
    title: plainText(LIMITS.viewTitle),
    submit: plainText(LIMITS.viewTitle).nullish(),
    close: plainText(LIMITS.viewTitle).nullish(),
    clear_on_close: z.boolean().optional(),
    notify_on_close: z.boolean().optional(),
    submit_disabled: z.boolean().optional(),
  }),
  z.strictObject({ type: z.literal('home'), ...common }),
]);

/** What Slack would refuse a modal or Home view for; empty when it would be accepted. */
export function validateView(payload: unknown): Problem[] {
  const problems = problemsOf(view, payload, '');
  if (!isRecord(payload) || !Array.isArray(payload.blocks)) return problems;
  const surface = payload.type === 'home' ? 'home' : 'modal';
  problems.push(...validateBlocks(payload.blocks, surface));
  const hasInput = payload.blocks.some((block) => isRecord(block) && block.type === 'input');
  if (surface === 'modal' && hasInput && !payload.submit) {
    problems.push({ pointer: '', code: 'missing_field', message: 'missing required field: submit' });
  }
  const focused = [...objectsIn(payload.blocks, '/blocks')].filter(
    ({ value }) => value.focus_on_load === true,
  );
  for (const { pointer } of focused.slice(1)) {
    const message = 'only one element can have focus_on_load';
    problems.push({ pointer: `${pointer}/focus_on_load`, code: 'failed_constraint', message });
  }
  if (Buffer.byteLength(JSON.stringify(payload)) > LIMITS.viewBytes) {
    problems.push({ pointer: '', code: 'too_long_in_total', message: 'view is larger than 250 KB' });
  }
  return problems;
}
