import { type Args, SlackFailure, text } from './method.ts';

interface Page<T> {
  items: T[];
  has_more: boolean;
  response_metadata: { next_cursor: string };
}

/** Cuts a list by the arguments `limit` and `cursor`. Throws invalid_cursor and invalid_limit. */
export function page<T>(all: readonly T[], args: Args): Page<T> {
  const limit = Number(text(args, 'limit') ?? 100);
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000) throw new SlackFailure('invalid_limit');
  const cursor = text(args, 'cursor');
  const start = cursor ? Number(Buffer.from(cursor, 'base64url').toString().replace('offset:', '')) : 0;
  if (!Number.isInteger(start)) throw new SlackFailure('invalid_cursor');
  const end = start + limit;
  const has_more = end < all.length;
  const next_cursor = has_more ? Buffer.from(`offset:${end}`).toString('base64url') : '';
  return { items: all.slice(start, end), has_more, response_metadata: { next_cursor } };
}
