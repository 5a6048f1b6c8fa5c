import type { Changes } from './changes.ts';
import type { Clock, Ids } from './clock.ts';
import type { Faults } from './faults.ts';
import type { Manifest } from './manifest.ts';
import type {
  ApiCall,
  Channel,
  Ephemeral,
  Failure,
  Frame,
  Message,
  SimEvent,
  StoredFile,
  Unexpected,
  User,
  UserGroup,
  View,
  Warning,
} from './model.ts';
import type { ResponseUrl } from './response-url.ts';
import type { Trigger } from './triggers.ts';

export interface State {
  users: Map<string, User>;
  groups: Map<string, UserGroup>;
  channels: Map<string, Channel>;
  /** In the order of their timestamps. */
  messages: Message[];
  ephemerals: Ephemeral[];
  /** Open modals by user, top last. */
  views: Map<string, View[]>;
  homes: Map<string, View>;
  files: Map<string, StoredFile>;
  triggers: Map<string, Trigger>;
  responseUrls: Map<string, ResponseUrl>;
  failures: Failure[];
}

export interface Identity {
  team: { id: string; name: string; domain: string };
  app: { id: string; name: string; botUserId: string; botId: string };
  botToken: string;
  appToken: string;
  signingSecret: string;
  /** The retired token that Slack still puts into every payload. */
  verificationToken: string;
}

/** How deliveries reach the app. */
export interface Transport {
  /** Sends one payload and waits for its ack, 3 s at most. */
  deliver(envelope: Envelope): Promise<Delivery>;
  isConnected(): boolean;
}

export interface Envelope {
  type: Frame['type'];
  payload: Record<string, unknown>;
  acceptsResponse: boolean;
  retry?: { attempt: number; reason: string };
}

export type Delivery =
  | { outcome: 'acked'; response: unknown }
  | { outcome: 'timeout' }
  | { outcome: 'refused'; noRetry: boolean }
  | { outcome: 'no_connection' };

/** Everything that the parts of the workspace share. */
export interface Core {
  identity: Identity;
  manifest: Manifest;
  clock: Clock;
  ids: Ids;
  state: State;
  changes: Changes<SimEvent>;
  faults: Faults;
  transport: Transport;
  calls: ApiCall[];
  frames: Frame[];
  warnings: Warning[];
  unexpected: Unexpected[];
  /** Where the workspace listens, without a slash at the end. */
  url(): string;
  /** Opens a ticket for one Socket Mode connection and answers the WebSocket's address. */
  openConnection(): string;
  /** False while the link is switched off. */
  acceptsConnections(): boolean;
}

export function warn(core: Core, code: Warning['code'], message: string): void {
  const warning = { code, message, at: core.clock.now() };
  core.warnings.push(warning);
  core.changes.emit({ type: 'warning', warning });
}

/** Keeps what must not happen; tests expect none of it. */
export function noteUnexpected(core: Core, unexpected: Unexpected): void {
  core.unexpected.push(unexpected);
  core.changes.touch();
}

/** Tells one user what Slack would tell them privately. */
export function tellFailure(core: Core, failure: Failure): void {
  core.state.failures.push(failure);
  core.changes.emit({ type: 'failure', ...failure });
}
