import { z } from 'zod';
import { type CommandRequest, sendCommand } from '../acts/commands.ts';
import { act, suggest, useShortcut } from '../acts/interactions.ts';
import { Impossible } from '../acts/lookup.ts';
import { closeView, submitView } from '../acts/modals.ts';
import { invite, openHome, say } from '../acts/people.ts';
import type { Core } from '../core.ts';
import type { Json } from '../json.ts';
import type { Mode } from './mode.ts';

const container = z.discriminatedUnion('type', [
  z.object({ type: z.literal('message'), channel: z.string(), ts: z.string() }),
  z.object({ type: z.literal('view'), view_id: z.string() }),
]);
const json: z.ZodType<Json> = z.json();
const jsonObject = z.record(z.string(), json);
const values = z.record(z.string(), z.record(z.string(), jsonObject));
const option = z.union([jsonObject, z.string()]);

const command = z.object({
  user: z.string(),
  channel: z.string(),
  command: z.string(),
  text: z.string().default(''),
  thread_ts: z.string().optional(),
}) satisfies z.ZodType<CommandRequest>;
const message = z.object({
  user: z.string(),
  channel: z.string(),
  text: z.string().min(1),
  thread_ts: z.string().optional(),
});
const action = z.looseObject({
  user: z.string(),
  container,
  block_id: z.string(),
  action_id: z.string(),
  value: z.string().optional(),
  selected_option: option.optional(),
  selected_options: z.array(option).optional(),
  values: values.optional(),
});
const shortcut = z.object({
  user: z.string(),
  callback_id: z.string(),
  channel: z.string().optional(),
  ts: z.string().optional(),
});
const submit = z.object({ user: z.string(), view_id: z.string(), values: values.optional() });
const close = z.object({ user: z.string(), view_id: z.string(), cleared: z.boolean().optional() });
const options = z.object({
  user: z.string(),
  container,
  block_id: z.string(),
  action_id: z.string(),
  value: z.string(),
});
const home = z.object({ user: z.string() });
const invitation = z.object({ user: z.string(), channel: z.string() });

type Handler = (core: Core, body: unknown) => unknown;

const HANDLERS: Record<string, Handler> = {
  command: (core, body) => sendCommand(core, command.parse(body)),
  message: (core, body) => say(core, message.parse(body)),
  action: (core, body) => act(core, withoutUndefined(action.parse(body))),
  shortcut: (core, body) => useShortcut(core, withoutUndefined(shortcut.parse(body))),
  submit: (core, body) => submitView(core, withoutUndefined(submit.parse(body))),
  close: (core, body) => closeView(core, withoutUndefined(close.parse(body))),
  options: (core, body) => suggest(core, options.parse(body)),
  invite: (core, body) => invite(core, invitation.parse(body)),
  home: (core, body) => openHome(core, home.parse(body)),
};

/** Carries out what the page asks for at POST /sim/NAME. Undefined when there is no such name. */
export async function handleSim(core: Core, mode: Mode, name: string, body: unknown): Promise<unknown> {
  try {
    if (name === 'mode') return mode.set(body);
    return await HANDLERS[name]?.(core, body);
  } catch (error) {
    if (error instanceof Impossible) return { ok: false, error: error.message };
    if (error instanceof z.ZodError) return { ok: false, error: z.prettifyError(error) };
    throw error;
  }
}

/** Everything that the page draws. */
export function simState(core: Core): Record<string, unknown> {
  const { state, identity, manifest } = core;
  const { team, app } = identity;
  const { slash_commands, shortcuts } = manifest.features;
  return {
    team,
    app: { id: app.id, name: app.name, botUserId: app.botUserId, commands: slash_commands, shortcuts },
    users: [...state.users.values()],
    groups: [...state.groups.values()],
    channels: [...state.channels.values()],
    messages: state.messages.filter((one) => !one.deleted || one.reply_count),
    ephemerals: state.ephemerals,
    views: [...state.views].flatMap(([user, stack]) => stack.map((view) => ({ user, view }))),
    homes: Object.fromEntries(state.homes),
    failures: state.failures,
    warnings: core.warnings,
    connected: core.transport.isConnected(),
  };
}

/** What went over the wire so far, for inspection and for bots that run in another process. */
export function simLog(core: Core): Record<string, unknown> {
  const { calls, frames, warnings, unexpected } = core;
  return { calls, frames, warnings, unexpected };
}

// Optional fields that are absent must not become fields that are undefined.
function withoutUndefined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> };
}
