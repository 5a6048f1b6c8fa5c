import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { type Core, type Delivery, type Envelope, noteUnexpected, type Transport } from '../core.ts';
import { isObject, parseJson } from '../json.ts';
import type { Acks } from './acks.ts';

/** Slack gives an app this many connections at once. */
const MAX_CONNECTIONS = 10;

export type DisconnectReason = 'warning' | 'refresh_requested' | 'too_many_websockets' | 'link_disabled';

export interface SocketMode extends Transport {
  /** Issues a ticket for one connection; answers the WebSocket's address. */
  openConnection(): string;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Asks the connections, or one of them, to go and connect again; they get no more envelopes. */
  disconnect(reason: DisconnectReason, connection?: string): void;
  /** Cuts the connections without a word. */
  cut(): void;
  /** The connections that get envelopes. */
  connections(): string[];
  stop(): Promise<void>;
}

interface Connection {
  id: string;
  socket: WebSocket;
  draining: boolean;
}

export function createSocketMode(core: Core, acks: Acks): SocketMode {
  const server = new WebSocketServer({ noServer: true, perMessageDeflate: true });
  const tickets = new Set<string>();
  const connections: Connection[] = [];
  let turn = 0;

  const live = () => connections.filter((one) => !one.draining && one.socket.readyState === one.socket.OPEN);
  const host = () => ({ host: 'applink-sandbox' });
  const announce = () => core.changes.emit({ type: 'connected', connected: live().length > 0 });

  function openConnection(): string {
    const ticket = randomUUID();
    tickets.add(ticket);
    return `${core.url().replace(/^http/, 'ws')}/link/?ticket=${ticket}&app_id=${core.identity.app.id}`;
  }

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const url = new URL(request.url ?? '/', core.url());
    const isTicketed = tickets.delete(url.searchParams.get('ticket') ?? '');
    if (url.pathname !== '/link/' || !core.acceptsConnections() || !isTicketed) {
      socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n');
      return;
    }
    server.handleUpgrade(request, socket, head, welcome);
  }

  function welcome(socket: WebSocket): void {
    const connection: Connection = { id: core.ids.next('C-'), socket, draining: false };
    if (live().length >= MAX_CONNECTIONS) {
      send(socket, { type: 'disconnect', reason: 'too_many_websockets', debug_info: host() });
      socket.close();
      return;
    }
    connections.push(connection);
    socket.on('message', (data, isBinary) => {
      if (!isBinary) receive(String(data));
    });
    socket.on('close', () => {
      connections.splice(connections.indexOf(connection), 1);
      announce();
    });
    // A broken connection also closes; there is nothing more to tell.
    socket.on('error', () => undefined);
    send(socket, {
      type: 'hello',
      num_connections: live().length,
      debug_info: { ...host(), build_number: 10, approximate_connection_time: 18_060 },
      connection_info: { app_id: core.identity.app.id },
    });
    announce();
  }

  function receive(data: string): void {
    const ack = parseJson(data);
    if (!isObject(ack) || typeof ack.envelope_id !== 'string') return;
    if (acks.receive(ack.envelope_id, ack.payload)) return;
    noteUnexpected(core, { code: 'unmatched_ack', message: ack.envelope_id, detail: ack.payload });
  }

  async function deliver(envelope: Envelope): Promise<Delivery> {
    const open = live();
    const connection = open[turn++ % Math.max(1, open.length)];
    if (connection === undefined) return { outcome: 'no_connection' };
    const envelopeId = randomUUID();
    const delivery = acks.expect(envelopeId, envelope, connection.id);
    const { type, payload, acceptsResponse, retry } = envelope;
    send(connection.socket, {
      envelope_id: envelopeId,
      type,
      payload,
      accepts_response_payload: acceptsResponse,
      ...(type === 'events_api' && { retry_attempt: retry?.attempt ?? 0, retry_reason: retry?.reason ?? '' }),
    });
    return delivery;
  }

  function disconnect(reason: DisconnectReason, id?: string): void {
    for (const connection of live()) {
      if (id !== undefined && connection.id !== id) continue;
      connection.draining = true;
      send(connection.socket, { type: 'disconnect', reason, debug_info: host() });
    }
    announce();
  }

  return {
    openConnection,
    upgrade,
    deliver,
    disconnect,
    isConnected: () => live().length > 0,
    connections: () => live().map((connection) => connection.id),
    cut() {
      for (const { socket } of [...connections]) socket.terminate();
    },
    async stop() {
      for (const { socket } of [...connections]) socket.terminate();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function send(socket: WebSocket, frame: Record<string, unknown>): void {
  socket.send(JSON.stringify(frame));
}
