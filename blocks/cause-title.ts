import { causeOf } from '#diagnostics/causes/index.ts';
import { spelledOut } from './words.ts';

/** A cause in words: reads on after a colon. An id that the catalogue does not know is spelled out. */
export function causeTitle(cause: string): string {
  return causeOf(cause)?.title ?? spelledOut(cause);
}
