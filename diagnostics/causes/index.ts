import type { Cause } from './cause.ts';

/** Every cause by its id. */
export const causes: ReadonlyMap<string, Cause> = new Map<string, Cause>();

/** A cause of the catalogue; undefined for an id outside it, `unknown` among them. */
export function causeOf(id: string): Cause | undefined {
  return causes.get(id);
}
