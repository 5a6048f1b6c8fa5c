import { performance } from 'node:perf_hooks';
import { type Core, type Delivery, type Envelope, warn } from '../core.ts';
import type { Frame } from '../model.ts';

/** Slack waits this long for the ack of a command, an interaction or an event. */
export const ACK_LIMIT_MS = 3000;
const SLOW_ACK_MS = 1000;

interface Pending {
  frame: Frame;
  startedAt: number;
  settle(delivery: Delivery): void;
}

/** Matches acks with what was sent, and keeps the time between them. */
export interface Acks {
  /** Notes that an envelope leaves now; resolves with its ack, or after the limit without one. */
  expect(envelopeId: string, envelope: Envelope, connection: string): Promise<Delivery>;
  /** Notes an ack. False when nothing waited for it. */
  receive(envelopeId: string, response: unknown): boolean;
  /** Notes that the app refused an envelope, by an HTTP status other than 200. */
  reject(envelopeId: string, noRetry?: boolean): void;
}

export function createAcks(core: Core): Acks {
  const pending = new Map<string, Pending>();

  function expect(envelopeId: string, envelope: Envelope, connection: string): Promise<Delivery> {
    const { type, payload, retry } = envelope;
    const frame: Frame = { envelopeId, type, payload, connection, sentAt: core.clock.now() };
    if (retry !== undefined) frame.retryAttempt = retry.attempt;
    core.frames.push(frame);
    core.changes.touch();
    return new Promise((resolve) => {
      const cancel = core.clock.after(ACK_LIMIT_MS, () => {
        frame.timedOut = true;
        settle({ outcome: 'timeout' });
      });
      function settle(delivery: Delivery): void {
        cancel();
        resolve(delivery);
        core.changes.touch();
      }
      pending.set(envelopeId, { frame, startedAt: performance.now(), settle });
    });
  }

  function receive(envelopeId: string, response: unknown): boolean {
    const waiting = pending.get(envelopeId);
    if (waiting === undefined) return false;
    pending.delete(envelopeId);
    const { frame } = waiting;
    frame.ackedAt = core.clock.now();
    frame.latencyMs = performance.now() - waiting.startedAt;
    frame.response = response;
    if (frame.ackedAt - frame.sentAt > SLOW_ACK_MS)
      warn(core, 'slow_ack', `${frame.type} acknowledged later than 1 s`);
    waiting.settle({ outcome: 'acked', response });
    return true;
  }

  return {
    expect,
    receive,
    reject(envelopeId, noRetry = false) {
      const waiting = pending.get(envelopeId);
      pending.delete(envelopeId);
      waiting?.settle({ outcome: 'refused', noRetry });
    },
  };
}
