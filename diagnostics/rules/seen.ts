import type { Context, Observation, ObservedContainer, Where } from '../observation.ts';
import { recognise } from '../signatures/index.ts';
import { normalise, type Reading } from '../signatures/normalise.ts';
import type { Match } from '../signatures/signature.ts';

/** An observation prepared for the rules: the text read once, the context never missing. */
export interface Seen {
  where: Where | undefined;
  /** The text as it came. */
  raw: string;
  reading: Reading;
  context: Context;
  stopCode: string;
  containers: readonly ObservedContainer[];
  /** What the text says, if anybody knows it. */
  text: Match | undefined;
}

const nothing: Context = {};

/** Reads the text and fills the gaps that the rules would otherwise each have to mind. */
export function see(observation: Observation): Seen {
  const context = observation.context ?? nothing;
  const reading = normalise(observation.text);
  const where = observation.where ?? (reading.placement ? 'service.event' : undefined);
  return {
    where,
    raw: observation.text,
    reading,
    context,
    stopCode: context.stopCode ?? '',
    containers: containersOf(context, where, observation.text),
    text: recognise(reading, where),
  };
}

/** A single container's reason and code make a list of one, so that every rule reads the same shape. */
function containersOf(
  context: Context,
  where: Where | undefined,
  text: string,
): readonly ObservedContainer[] {
  const listed = context.otherContainers ?? [];
  if (
    where === 'container.reason' &&
    typeof context.exitCode === 'number' &&
    !listed.some(hasCode(context.exitCode))
  )
    return [{ name: '', exitCode: context.exitCode, reason: text, essential: true }, ...listed];
  if (listed.length === 0 && typeof context.exitCode === 'number')
    return [{ name: '', exitCode: context.exitCode, reason: where === 'container.reason' ? text : null }];
  return listed;
}

function hasCode(code: number) {
  return (container: ObservedContainer) => container.exitCode === code;
}

/** A number from the context, whether it was written as one or as text; undefined for anything else. */
export function numberIn(context: Context, key: string): number | undefined {
  const value = context[key];
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)))
    return Number(value);
  return undefined;
}

/** A text from the context. */
export function textIn(context: Context, key: string): string | undefined {
  const value = context[key];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The first number among keys that match, for values whose name differs by who gathered them. */
export function numberLike(context: Context, key: RegExp): number | undefined {
  for (const name of Object.keys(context)) {
    if (!key.test(name)) continue;
    const value = numberIn(context, name);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** Whether the scheduler keeps the task alive: a service's task that ends is started again. */
export function kindOfTask(context: Context): 'service' | 'job' | 'unknown' {
  const group = context.group ?? '';
  const startedBy = context.startedBy ?? '';
  if (group.startsWith('service:') || startedBy.startsWith('ecs-svc/')) return 'service';
  if (group !== '' || startedBy !== '') return 'job';
  return 'unknown';
}

/** Whether somebody or something asked the task to stop, so that its containers ended on request. */
export function stopWasAskedFor(seen: Seen): boolean {
  return (
    seen.stopCode === 'ServiceSchedulerInitiated' ||
    seen.stopCode === 'UserInitiated' ||
    seen.stopCode === 'SpotInterruption' ||
    seen.stopCode === 'TerminationNotice' ||
    seen.stopCode === 'InfrastructureHealth'
  );
}
