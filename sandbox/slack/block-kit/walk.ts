import { codePoints } from './limits.ts';
import { pointerTo } from './problem.ts';

export interface Node {
  pointer: string;
  value: Record<string, unknown>;
}

/** Every object inside a payload, outermost first, with its JSON pointer. */
export function* objectsIn(value: unknown, pointer = ''): Generator<Node> {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* objectsIn(item, pointerTo(pointer, [index]));
    return;
  }
  if (!isRecord(value)) return;
  yield { pointer, value };
  for (const [key, child] of Object.entries(value)) yield* objectsIn(child, pointerTo(pointer, [key]));
}

const SHOWN = new Set([
  'text',
  'title',
  'caption',
  'label',
  'name',
  'fallback',
  'alt_text',
  'x_label',
  'y_label',
]);

/** How many code points of a payload somebody gets to read. */
export function textLength(value: unknown): number {
  let length = 0;
  for (const { value: object } of objectsIn(value)) {
    for (const [key, child] of Object.entries(object)) {
      if (typeof child === 'string' && SHOWN.has(key)) length += codePoints(child);
    }
  }
  return length;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
