import type { Json } from './json.ts';

/** The things of a workspace, in the form that the page gets them. */
export interface User {
  id: string;
  name: string;
  real_name: string;
  tz: string;
  is_bot: boolean;
  color?: string;
  deleted?: boolean;
  /** A guest. */
  is_restricted?: boolean;
  /** Another workspace's, for somebody who is here through a shared channel. */
  team_id?: string;
}

export interface UserGroup {
  id: string;
  handle: string;
  name: string;
  users: string[];
}

export interface Channel {
  id: string;
  name: string;
  topic: string;
  members: string[];
  is_private: boolean;
  /** A conversation of the bot with one user. */
  is_im?: boolean;
  is_archived?: boolean;
}

export interface MessageFile {
  id: string;
  name: string;
  title: string;
  mimetype: string;
  size: number;
  url: string;
  /** The first lines of a text file. */
  preview: string;
}

export interface Message {
  channel: string;
  ts: string;
  thread_ts?: string;
  user: string;
  bot_id?: string;
  username?: string;
  text: string;
  blocks?: Json[];
  attachments?: Json[];
  edited?: { ts: string };
  deleted?: boolean;
  files?: MessageFile[];
  reply_count?: number;
  metadata?: { event_type: string; event_payload: Json };
  subtype?: string;
  status?: string;
  /** A message that chat.startStream opened and chat.stopStream has not closed. */
  streaming?: boolean;
  reactions?: { name: string; users: string[]; count: number }[];
}

export type Ephemeral = Message & { to: string };

export interface View {
  id: string;
  type: string;
  hash: string;
  blocks: Json[];
  callback_id: string;
  private_metadata: string;
  external_id: string;
  root_view_id: string;
  previous_view_id: string | null;
  notify_on_close: boolean;
  clear_on_close: boolean;
  title?: Json;
  submit?: Json;
  close?: Json;
  state: { values: Record<string, Record<string, Json>> };
  [field: string]: unknown;
}

export interface StoredFile extends MessageFile {
  content: Buffer;
  uploaded: boolean;
  completed: boolean;
  user: string;
  created: number;
  shares: { channel: string; ts: string }[];
}

/** What Slack tells one user privately when the app did not do its part. */
export interface Failure {
  user: string;
  channel: string;
  text: string;
  thread_ts?: string;
}

export type SimEvent =
  | { type: 'message'; message: Message }
  | { type: 'message_deleted'; channel: string; ts: string }
  | { type: 'ephemeral'; message: Ephemeral }
  | { type: 'ephemeral_deleted'; channel: string; ts: string; to: string }
  | { type: 'view'; user: string; views: View[] }
  | { type: 'home'; user: string; view: View }
  | { type: 'status'; channel: string; thread_ts: string; text: string }
  | { type: 'connected'; connected: boolean }
  | { type: 'channel'; channel: Channel }
  | { type: 'warning'; warning: Warning }
  | ({ type: 'failure' } & Failure);

/** One call of a Web API method, in the order of arrival. */
export interface ApiCall {
  method: string;
  args: Record<string, unknown>;
  /** Milliseconds since the epoch, on the workspace's clock. */
  at: number;
  /** What was answered; absent while the call is in work. */
  response?: Record<string, unknown>;
}

/** One delivery to the app, over a socket or HTTP. */
export interface Frame {
  envelopeId: string;
  type: 'slash_commands' | 'interactive' | 'events_api';
  payload: Record<string, unknown>;
  /** Which connection carried it; `http` in HTTP mode. */
  connection: string;
  sentAt: number;
  ackedAt?: number;
  /** Milliseconds from sending to the ack. */
  latencyMs?: number;
  /** The payload of the ack. */
  response?: unknown;
  retryAttempt?: number;
  timedOut?: boolean;
}

/** Something that Slack accepts and a good app avoids. */
export interface Warning {
  code: 'missing_text' | 'too_fast' | 'slow_ack' | 'broadcast_mention' | 'near_total';
  message: string;
  at: number;
}

/** Something that must not happen at all: tests expect none. */
export interface Unexpected {
  code: 'unknown_method' | 'invalid_ack' | 'unknown_path' | 'unmatched_ack';
  message: string;
  detail?: unknown;
}
