import { z } from 'zod';
import { slack } from '#blocks/limits.ts';
import type { Request } from '#commands/command.ts';
import type { Place } from './post.ts';
import { decodeRequest, encodeRequest } from './state.ts';

/** What the form is about, kept in its private_metadata: Slack hands that back, and nobody can change it. */
export interface FormState {
  /** Where the form was opened: the answer goes there unless the asker says otherwise. */
  place?: Place;
  /** What was known before it was filled in. */
  guess?: Request;
  /** It was opened for a message that leaves something open. */
  unsure?: boolean;
  /** Rights depend on the conversation, so it is to be chosen first. */
  placeFirst?: boolean;
  /**
   * What is filled in so far. Slack's question for a menu's entries does not say what the other fields hold
   * (bolt-js issue 660), so each choice is noted here.
   */
  chosen?: { environment?: string; channel?: string };
}

const shape = z.object({
  c: z.string().optional(),
  t: z.string().optional(),
  g: z.string().optional(),
  u: z.literal(1).optional(),
  f: z.literal(1).optional(),
  e: z.string().optional(),
  w: z.string().optional(),
});

/** At most 3,000 characters, as Slack allows. */
export function writeFormState({ place, guess, unsure, placeFirst, chosen }: FormState): string {
  return JSON.stringify({
    c: place?.channel,
    t: place?.threadTs,
    g: guess === undefined ? undefined : encodeRequest(withoutText(guess)),
    u: unsure === true ? 1 : undefined,
    f: placeFirst === true ? 1 : undefined,
    e: chosen?.environment,
    w: chosen?.channel,
  } satisfies z.infer<typeof shape>);
}

export function readFormState(metadata: string): FormState {
  const parsed = shape.safeParse(readJson(metadata));
  if (!parsed.success) return {};
  const { c: channel, t: threadTs, g, u, f, e: environment, w } = parsed.data;
  const guess = decodeRequest(g);
  return {
    ...(channel === undefined ? {} : { place: { channel, ...(threadTs === undefined ? {} : { threadTs }) } }),
    ...(guess === undefined ? {} : { guess }),
    ...(u === undefined ? {} : { unsure: true }),
    ...(f === undefined ? {} : { placeFirst: true }),
    chosen: {
      ...(environment === undefined ? {} : { environment }),
      ...(w === undefined ? {} : { channel: w }),
    },
  };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function withoutText({ text: _text, ...rest }: Request): Request {
  return rest;
}

/** `cluster/service` where that fits into an option's value, and the name alone where it does not. */
export function serviceValue(cluster: string | undefined, service: string): string {
  const long = cluster === undefined ? service : `${cluster}/${service}`;
  return long.length <= slack.optionValue ? long : service.slice(0, slack.optionValue);
}

export function readServiceValue(value: string): { cluster?: string; service: string } {
  const match = /^(?<cluster>[A-Za-z0-9_-]+)\/(?<service>[A-Za-z0-9_-]+)$/.exec(value)?.groups;
  const { cluster, service } = match ?? {};
  return cluster === undefined || service === undefined ? { service: value } : { cluster, service };
}
