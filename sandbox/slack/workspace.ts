import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { type CommandRequest, sendCommand } from './acts/commands.ts';
import {
  type ActionRequest,
  act,
  type OptionsRequest,
  type Outcome,
  type ShortcutRequest,
  suggest,
  useShortcut,
} from './acts/interactions.ts';
import { channelOf, userOf } from './acts/lookup.ts';
import { closeView, type SubmitOutcome, type SubmitRequest, submitView } from './acts/modals.ts';
import { invite, type MessageRequest, openHome, say } from './acts/people.ts';
import { createChanges, type Truthy, type WaitOptions } from './changes.ts';
import { createClock, createIds } from './clock.ts';
import type { Core, Identity, State } from './core.ts';
import { createAcks } from './delivery/acks.ts';
import { sendEvent } from './delivery/events.ts';
import { createHttpMode } from './delivery/http-mode.ts';
import { createSocketMode, type DisconnectReason } from './delivery/socket-mode.ts';
import { createFaults } from './faults.ts';
import { parseManifest } from './manifest.ts';
import { threadOf } from './messages.ts';
import type {
  ApiCall,
  Channel,
  Ephemeral,
  Failure,
  Frame,
  Message,
  SimEvent,
  Unexpected,
  User,
  UserGroup,
  View,
  Warning,
} from './model.ts';
import { GROUPS, channels as seedChannels, USERS } from './seed.ts';
import { createMode, type ModeRequest } from './server/mode.ts';
import { createWorkspaceServer } from './server/server.ts';
import { stackOf } from './views.ts';

export interface WorkspaceOptions {
  /** 0, the default, takes any free port. */
  port?: number;
  /** The app's manifest, as parsed JSON. */
  manifest: unknown;
  users?: readonly User[];
  groups?: readonly UserGroup[];
  channels?: readonly Channel[];
  /** The folder of the page; the one beside this file by default. */
  pageDirectory?: string;
}

/** A Slack workspace on this machine, with one app installed. Users and channels go by id or name. */
export interface SlackWorkspace {
  /** Where the page is; the Web API is below `apiUrl`, which is what SLACK_API_URL takes. */
  url: string;
  apiUrl: string;
  botToken: string;
  appToken: string;
  signingSecret: string;
  bot: { userId: string; botId: string };

  calls: ApiCall[];
  frames: Frame[];
  warnings: Warning[];
  unexpected: Unexpected[];
  messages(channel: string): Message[];
  thread(channel: string, ts: string): Message[];
  ephemerals(user: string): Ephemeral[];
  failures(user: string): Failure[];
  /** The modals that a user has open, top last. */
  views(user: string): View[];
  home(user: string): View | undefined;
  file(id: string): { name: string; content: Buffer } | undefined;
  isConnected(): boolean;
  connections(): string[];
  /** Waits for a condition on the state, woken by every change of it. */
  until<T>(predicate: () => T, options?: WaitOptions): Promise<Truthy<T>>;

  command(request: CommandRequest): Promise<Outcome>;
  say(request: MessageRequest): Outcome & { ts?: string };
  act(request: ActionRequest): Promise<Outcome>;
  suggest(request: OptionsRequest): Promise<Outcome>;
  shortcut(request: ShortcutRequest): Promise<Outcome>;
  submit(request: SubmitRequest): Promise<SubmitOutcome>;
  close(request: { user: string; view_id: string; cleared?: boolean }): Promise<Outcome>;
  /** Brings the bot into a channel. */
  invite(request: { user: string; channel: string }): Outcome;
  openHome(request: { user: string }): Outcome;
  /** Sends any event that the manifest subscribes to. */
  event(event: Record<string, unknown>, subscription?: string): Promise<void>;

  mode(request: ModeRequest): void;
  /** Moves the workspace's time on; acks, triggers and response URLs expire by it. */
  advance(ms: number): void;
  disconnect(reason: DisconnectReason, connection?: string): void;
  /** Delivers by signed HTTP requests from now on, after Slack's check of the address. */
  useRequestUrl(url: string): Promise<void>;
  stop(): Promise<void>;
}

const IDENTITY = {
  team: { id: 'T0SANDBOX', name: 'Sandbox', domain: 'sandbox' },
  botToken: 'xoxb-sandbox',
  appToken: 'xapp-sandbox',
  signingSecret: 'sandbox-signing-secret',
  verificationToken: 'sandbox-verification-token',
};

/** Starts a workspace. Rejects when the manifest is invalid or the port is taken. */
export async function startSlackWorkspace(options: WorkspaceOptions): Promise<SlackWorkspace> {
  const manifest = parseManifest(options.manifest);
  const name = manifest.features.bot_user.display_name;
  const app = { id: 'A0SLEUTH', name, botUserId: 'U0SLEUTH', botId: 'B0SLEUTH' };
  const clock = createClock();
  let url = '';
  const core: Core = {
    identity: { ...IDENTITY, app },
    manifest,
    clock,
    ids: createIds(clock),
    state: createState(options, { ...IDENTITY, app }),
    changes: createChanges<SimEvent>(),
    faults: createFaults(clock),
    transport: {
      deliver: (envelope) => (http.isInUse() ? http : sockets).deliver(envelope),
      isConnected: () => (http.isInUse() ? http : sockets).isConnected(),
    },
    calls: [],
    frames: [],
    warnings: [],
    unexpected: [],
    url: () => url,
    openConnection: () => sockets.openConnection(),
    acceptsConnections: () => mode.acceptsConnections(),
  };
  const acks = createAcks(core);
  const sockets = createSocketMode(core, acks);
  const http = createHttpMode(core, acks);
  const mode = createMode(core, sockets);
  const pageDirectory = options.pageDirectory ?? fileURLToPath(new URL('./page', import.meta.url));
  const server = createWorkspaceServer({ core, mode, pageDirectory });
  server.on('upgrade', sockets.upgrade);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  url = `http://127.0.0.1:${port}`;

  async function stop(): Promise<void> {
    clock.stop();
    await sockets.stop();
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  }

  const { botToken, appToken, signingSecret } = core.identity;
  return {
    url,
    apiUrl: `${url}/api/`,
    botToken,
    appToken,
    signingSecret,
    bot: { userId: app.botUserId, botId: app.botId },
    ...observe(core),
    connections: sockets.connections,
    command: (request) => sendCommand(core, request),
    say: (request) => say(core, request),
    act: (request) => act(core, request),
    suggest: (request) => suggest(core, request),
    shortcut: (request) => useShortcut(core, request),
    submit: (request) => submitView(core, request),
    close: (request) => closeView(core, request),
    invite: (request) => invite(core, request),
    openHome: (request) => openHome(core, request),
    event: (event, subscription) => sendEvent(core, event, subscription),
    mode: (request) => void mode.set(request),
    advance: clock.advance,
    disconnect: sockets.disconnect,
    useRequestUrl: http.use,
    stop,
  };
}

function createState(options: WorkspaceOptions, { app }: Identity): State {
  const bot: User = {
    id: app.botUserId,
    name: app.name.toLowerCase().replaceAll(' ', '-'),
    real_name: app.name,
    tz: 'UTC',
    is_bot: true,
  };
  const byId = <T extends { id: string }>(things: readonly T[]) =>
    new Map(things.map((thing) => [thing.id, structuredClone(thing)]));
  return {
    users: byId([...(options.users ?? USERS), bot]),
    groups: byId(options.groups ?? GROUPS),
    channels: byId(options.channels ?? seedChannels(app.botUserId)),
    messages: [],
    ephemerals: [],
    views: new Map(),
    homes: new Map(),
    files: new Map(),
    triggers: new Map(),
    responseUrls: new Map(),
    failures: [],
  };
}

function observe(core: Core) {
  const { state, calls, frames, warnings, unexpected } = core;
  return {
    calls,
    frames,
    warnings,
    unexpected,
    messages: (channel: string) => {
      const { id } = channelOf(core, channel);
      return state.messages.filter((message) => message.channel === id && !message.deleted);
    },
    thread: (channel: string, ts: string) => threadOf(core, channelOf(core, channel).id, ts),
    ephemerals: (user: string) => state.ephemerals.filter(({ to }) => to === userOf(core, user).id),
    failures: (user: string) => state.failures.filter((one) => one.user === userOf(core, user).id),
    views: (user: string) => stackOf(core, userOf(core, user).id),
    home: (user: string) => state.homes.get(userOf(core, user).id),
    file: (id: string) => state.files.get(id),
    isConnected: () => core.transport.isConnected(),
    until: core.changes.until,
  };
}
