import { z } from 'zod';
import type { Core } from '../core.ts';
import type { SocketMode } from '../delivery/socket-mode.ts';

const fault = z.strictObject({
  method: z.string(),
  times: z.number().int().positive().optional(),
  error: z.string().optional(),
  status: z.number().int().optional(),
  delayMs: z.number().optional(),
  hang: z.boolean().optional(),
});

const schema = z.strictObject({
  /** false cuts the links and lets nobody connect; true lets them in again. */
  connected: z.boolean().optional(),
  /** Asks the app to reconnect, for this reason. */
  disconnect: z.enum(['warning', 'refresh_requested', 'too_many_websockets', 'link_disabled']).optional(),
  /** Refuses the next calls of a method with 429, or holds all methods to their documented rates. */
  rateLimit: z
    .union([
      z.strictObject({
        method: z.string(),
        retryAfter: z.number().int().positive(),
        times: z.number().int().positive().optional(),
      }),
      z.strictObject({ tiers: z.boolean() }),
    ])
    .optional(),
  fault: fault.optional(),
  /** Ends all faults and limits. */
  clear: z.boolean().optional(),
  /** Moves the workspace's clock on, in milliseconds. */
  advance: z.number().nonnegative().optional(),
});

export type ModeRequest = z.infer<typeof schema>;

/** The switches of POST /sim/mode. */
export interface Mode {
  /** Throws a ZodError for switches that do not exist. */
  set(request: unknown): { ok: true };
  acceptsConnections(): boolean;
}

export function createMode(core: Core, sockets: SocketMode): Mode {
  let accepts = true;
  return {
    acceptsConnections: () => accepts,
    set(request) {
      const mode = schema.parse(request);
      if (mode.clear) core.faults.clear();
      if (mode.connected !== undefined) accepts = mode.connected;
      if (mode.connected === false) sockets.cut();
      if (mode.disconnect !== undefined) sockets.disconnect(mode.disconnect);
      if (mode.rateLimit !== undefined && 'tiers' in mode.rateLimit)
        core.faults.enforceRates(mode.rateLimit.tiers);
      else if (mode.rateLimit !== undefined) core.faults.add(mode.rateLimit);
      if (mode.fault !== undefined) core.faults.add(mode.fault);
      if (mode.advance !== undefined) core.clock.advance(mode.advance);
      return { ok: true };
    },
  };
}
