import { createHmac, randomUUID } from 'node:crypto';
import type { Core, Delivery, Envelope, Transport } from '../core.ts';
import { isObject, parseJson } from '../json.ts';
import { ACK_LIMIT_MS, type Acks } from './acks.ts';

export interface HttpMode extends Transport {
  /**
   * Verifies the app's request URL as Slack does when it is entered, and delivers there from now on.
   * Rejects when the app does not answer the challenge.
   */
  use(requestUrl: string): Promise<void>;
  isInUse(): boolean;
}

/** Delivery by signed HTTP requests instead of Socket Mode. */
export function createHttpMode(core: Core, acks: Acks): HttpMode {
  let requestUrl: string | undefined;

  async function use(address: string): Promise<void> {
    const challenge = randomUUID();
    const body = JSON.stringify({
      type: 'url_verification',
      token: core.identity.verificationToken,
      challenge,
    });
    const response = await request(address, 'application/json', body);
    const text = await response.text();
    const parsed = parseJson(text);
    const echoed = isObject(parsed) ? parsed.challenge : text;
    if (response.status !== 200 || echoed !== challenge) {
      throw new Error(`The request URL did not answer the challenge: status ${response.status}`);
    }
    requestUrl = address;
    core.changes.emit({ type: 'connected', connected: true });
  }

  function request(address: string, contentType: string, body: string, headers: Record<string, string> = {}) {
    const timestamp = String(Math.floor(core.clock.now() / 1000));
    return fetch(address, {
      method: 'POST',
      headers: {
        'content-type': contentType,
        'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
        'x-slack-request-timestamp': timestamp,
        'x-slack-signature': signature(core.identity.signingSecret, timestamp, body),
        ...headers,
      },
      body,
      signal: AbortSignal.timeout(2 * ACK_LIMIT_MS),
    });
  }

  async function deliver(envelope: Envelope): Promise<Delivery> {
    if (requestUrl === undefined) return { outcome: 'no_connection' };
    const envelopeId = randomUUID();
    const delivery = acks.expect(envelopeId, envelope, 'http');
    const { contentType, body } = encode(envelope);
    const retried: Record<string, string> = {};
    if (envelope.retry !== undefined) {
      retried['x-slack-retry-num'] = String(envelope.retry.attempt);
      const { reason } = envelope.retry;
      retried['x-slack-retry-reason'] = reason === 'timeout' ? 'http_timeout' : reason;
    }
    const address = requestUrl;
    async function send(): Promise<void> {
      const response = await request(address, contentType, body, retried);
      const text = await response.text();
      if (response.status !== 200) {
        acks.reject(envelopeId, response.headers.get('x-slack-no-retry') === '1');
        return;
      }
      const answer = text === '' ? {} : (parseJson(text) ?? { text });
      acks.receive(envelopeId, answer);
    }
    send().catch(() => acks.reject(envelopeId));
    return delivery;
  }

  return {
    use,
    deliver,
    isInUse: () => requestUrl !== undefined,
    isConnected: () => requestUrl !== undefined,
  };
}

/** Slack's signature, version 0. https://docs.slack.dev/authentication/verifying-requests-from-slack */
export function signature(secret: string, timestamp: string, body: string): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
}

function encode(envelope: Envelope): { contentType: string; body: string } {
  const form = 'application/x-www-form-urlencoded';
  switch (envelope.type) {
    case 'events_api':
      return { contentType: 'application/json', body: JSON.stringify(envelope.payload) };
    case 'interactive':
      return {
        contentType: form,
        body: new URLSearchParams({ payload: JSON.stringify(envelope.payload) }).toString(),
      };
    case 'slash_commands': {
      const fields = Object.entries(envelope.payload).map(([key, value]) => [key, String(value)]);
      return { contentType: form, body: new URLSearchParams(Object.fromEntries(fields)).toString() };
    }
  }
}
