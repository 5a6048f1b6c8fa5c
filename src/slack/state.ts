import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { z } from 'zod';
import type { Request } from '#commands/command.ts';

/**
 * A request in the value of a button, and in the metadata of a thread's first message. Slack is the only store, so
 * that any replica answers any button. Both are readable by everybody in the channel: targets, never secrets.
 */

/** Slack allows 2,000 characters in a button's value. */
const maxLength = 2_000;

const plainPrefix = '1';
const packedPrefix = 'z1';

const text = z.string().max(40_000);
const name = z.string().max(2_000);

/** Short keys: every character of a value counts. */
const shape = z.object({
  c: z.string().min(1).max(60),
  s: name.optional(),
  e: name.optional(),
  u: name.optional(),
  t: text.optional(),
  l: name.optional(),
  r: name.optional(),
  n: z.number().int().nonnegative().optional(),
  k: name.optional(),
  o: name.optional(),
  f: text.optional(),
  d: name.optional(),
  p: z.literal(1).optional(),
  b: z.literal(1).optional(),
  i: z.literal(1).optional(),
  g: name.optional(),
  w: z.literal(1).optional(),
  q: name.optional(),
  h: name.optional(),
  j: z.literal(1).optional(),
  v: z.literal(1).optional(),
  y: z.literal(1).optional(),
  a: z.literal(1).optional(),
  z: z.literal(1).optional(),
  A: z.literal(1).optional(),
  m: z.array(z.string().max(255)).max(20).optional(),
  x: z.literal(1).optional(),
});
type Short = z.infer<typeof shape>;

/** What a button asks for. */
export interface Pressed {
  request: Request;
  /** The answer takes the place of the button's own message, instead of a place in its thread. */
  inPlace: boolean;
  /** Containers that can be chosen from. */
  containers?: readonly string[];
}

/** Encodes a request in at most 2,000 characters. Only a text or a filter too long for that is cut. */
export function encodeRequest(
  request: Request,
  { inPlace = false, containers = [] }: Partial<Pressed> = {},
): string {
  let short: Short = {
    ...shorten(request),
    ...(inPlace ? { x: 1 } : {}),
    ...(containers.length > 0 ? { m: containers.slice(0, 20) } : {}),
  };
  for (;;) {
    const json = asciiSafe(JSON.stringify(short));
    if (json.length + plainPrefix.length <= maxLength) return plainPrefix + json;
    const packed = packedPrefix + deflateRawSync(json).toString('base64url');
    if (packed.length <= maxLength) return packed;
    short = cut(short);
  }
}

/** The request of a value, or nothing where the value is foreign, damaged or of another version. */
export function decodeRequest(value: string | undefined): Request | undefined {
  return decodePressed(value)?.request;
}

export function decodePressed(value: string | undefined): Pressed | undefined {
  if (value === undefined) return undefined;
  const parsed = shape.safeParse(readJson(value));
  if (!parsed.success) return undefined;
  const { x, m: containers } = parsed.data;
  return { request: lengthen(parsed.data), inPlace: x === 1, ...(containers && { containers }) };
}

function lengthen({
  c,
  s,
  e,
  u,
  t,
  l,
  r,
  n,
  k,
  o,
  f,
  d,
  p,
  b,
  i,
  g,
  w,
  q,
  h,
  j,
  v,
  y,
  a,
  z,
  A,
}: Short): Request {
  return {
    command: c,
    ...given({ service: s, environment: e, to: u, text: t }),
    options: given({
      cluster: l,
      region: r,
      since: n,
      task: k,
      container: o,
      filter: f,
      family: d,
      private: p === 1 ? true : undefined,
      previous: b === 1 ? true : undefined,
      errors: i === 1 ? true : undefined,
      page: g,
      follow: w === 1 ? true : undefined,
      query: q,
      cancel: h,
      compare: j === 1 ? true : undefined,
      wide: v === 1 ? true : undefined,
      platform: z === 1 ? true : undefined,
      head: A === 1 ? true : undefined,
      who: y === 1 ? true : undefined,
      markdown: a === 1 ? true : undefined,
    }),
  };
}

/** Event type of the metadata on the first message of a thread. */
export const targetEvent = 'ecs_sleuth_target';

const metadataShape = z.object({
  event_type: z.literal(targetEvent),
  event_payload: z.object({ v: z.literal(1), request: z.string() }),
});

export interface TargetMetadata {
  event_type: typeof targetEvent;
  event_payload: { v: 1; request: string };
}

export function targetMetadata(request: Request): TargetMetadata {
  return { event_type: targetEvent, event_payload: { v: 1, request: encodeRequest(lasting(request)) } };
}

/** What a thread is about goes on being so: neither a page of its logs, that they are followed nor a query belongs to it. */
export function lasting(request: Request): Request {
  const { page: _page, follow: _follow, running: _running, errors: _errors, ...more } = request.options;
  const { query: _query, compare: _compare, wide: _wide, cancel: _cancel, ...rest } = more;
  const { who: _who, markdown: _markdown, platform: _platform, head: _head, ...options } = rest;
  return { ...request, options };
}

/** The request of a message's metadata, where it is ours and readable. */
export function requestOfMetadata(metadata: unknown): Request | undefined {
  const parsed = metadataShape.safeParse(metadata);
  return parsed.success ? decodeRequest(parsed.data.event_payload.request) : undefined;
}

function shorten({ command, service, environment, to, text: asked, options }: Request): Short {
  return given({
    c: command,
    s: service,
    e: environment,
    u: to,
    t: asked,
    l: options.cluster,
    r: options.region,
    n: options.since,
    k: options.task,
    o: options.container,
    f: options.filter,
    d: options.family,
    p: options.private === true ? (1 as const) : undefined,
    z: options.platform === true ? (1 as const) : undefined,
    A: options.head === true ? (1 as const) : undefined,
    y: options.who === true ? (1 as const) : undefined,
    a: options.markdown === true ? (1 as const) : undefined,
    b: options.previous === true ? (1 as const) : undefined,
    i: options.errors === true ? (1 as const) : undefined,
    g: options.page,
    w: options.follow === true ? (1 as const) : undefined,
    q: options.query,
    h: options.cancel,
    j: options.compare === true ? (1 as const) : undefined,
    v: options.wide === true ? (1 as const) : undefined,
  });
}

/** Gives up a tenth of the longest free text; names are cut only where nothing else is left. */
function cut(short: Short): Short {
  // Half a page is none; a menu can be done without.
  if (short.m !== undefined) return { ...short, m: undefined };
  if (short.g !== undefined) return { ...short, g: undefined };
  const [longest] = (['t', 'f'] as const)
    .filter((key) => (short[key]?.length ?? 0) > 100)
    .sort((a, b) => (short[b]?.length ?? 0) - (short[a]?.length ?? 0));
  if (longest !== undefined) return { ...short, [longest]: shorter(short[longest] ?? '') };
  const names = ['s', 'u', 'l', 'd', 'o', 'k', 'e', 'r', 't', 'f', 'c'] as const;
  const [key = 'c'] = names.toSorted((a, b) => (short[b]?.length ?? 0) - (short[a]?.length ?? 0));
  return { ...short, [key]: shorter(short[key] ?? '') };
}

function shorter(value: string): string {
  return value.slice(0, Math.floor(value.length * 0.9)).toWellFormed();
}

/** Slack escapes `& < >` in some fields of what it sends back; a JSON escape survives that. */
function asciiSafe(json: string): string {
  return json.replaceAll('&', '\\u0026').replaceAll('<', '\\u003c').replaceAll('>', '\\u003e');
}

function readJson(value: string): unknown {
  try {
    if (value.startsWith(packedPrefix)) {
      const packed = Buffer.from(value.slice(packedPrefix.length), 'base64url');
      return JSON.parse(inflateRawSync(packed, { maxOutputLength: 200_000 }).toString('utf8'));
    }
    return value.startsWith(plainPrefix) ? JSON.parse(value.slice(plainPrefix.length)) : undefined;
  } catch {
    return undefined;
  }
}

/** Without the keys that hold nothing. */
function given<T extends object>(object: T): { [Key in keyof T]: Exclude<T[Key], undefined> } {
  const entries = Object.entries(object).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [Key in keyof T]: Exclude<T[Key], undefined> };
}
