import { spelledOut } from './words.ts';

/** A cause in words: reads on after a colon. */
export function causeTitle(cause: string): string {
  return spelledOut(cause);
}
