import type { FactFailure, Settled } from '../fact.ts';
import type { NotChecked } from '../report.ts';

/** One part of a fact: what was read, or why it could not be. It costs the other parts nothing. */
export type Read<Value> = { ok: true; value: Value } | { ok: false; notChecked: NotChecked };

/** A settled fact as a part of another. `what` reads on after "not checked: ". */
export function partOf<Value>(what: string, settled: Settled<Value>): Read<Value> {
  return settled.ok ? settled : { ok: false, notChecked: notCheckedOf(what, settled.failure) };
}

export function notCheckedOf(check: string, { missing, reason, message }: FactFailure): NotChecked {
  return { check, missing, reason, ...(reason !== 'AccessDenied' && { detail: message }) };
}
