import type { Core } from '../core.ts';
import type { JsonObject } from '../json.ts';
import { findMessage } from '../messages.ts';
import type { Channel, Message, User, View } from '../model.ts';
import { findView } from '../views.ts';
import { findElement } from './elements.ts';

/** Where an element sits, as the page names it. */
export type Container = { type: 'message'; channel: string; ts: string } | { type: 'view'; view_id: string };

export type Place =
  | { kind: 'message'; channel: Channel; message: Message; ephemeral: boolean }
  | { kind: 'view'; view: View };

/** Something that the page asked for and Slack would not let a user do. */
export class Impossible extends Error {}

export function userOf(core: Core, id: string): User {
  const users = [...core.state.users.values()];
  const user = core.state.users.get(id) ?? users.find((one) => one.name === id || one.real_name === id);
  if (user === undefined) throw new Impossible(`no such user: ${id}`);
  return user;
}

export function channelOf(core: Core, id: string): Channel {
  const name = id.replace(/^#/, '');
  const channels = [...core.state.channels.values()];
  const channel = core.state.channels.get(id) ?? channels.find((one) => one.name === name);
  if (channel === undefined) throw new Impossible(`no such channel: ${id}`);
  return channel;
}

/** The message or view of a container, as far as this user can see it. */
export function placeOf(core: Core, user: User, container: Container): Place {
  if (container.type === 'view') {
    const home = core.state.homes.get(user.id);
    const view =
      home?.id === container.view_id ? home : findView(core, (one) => one.id === container.view_id)?.view;
    if (view === undefined) throw new Impossible('view_not_found');
    return { kind: 'view', view };
  }
  const channel = channelOf(core, container.channel);
  const message = findMessage(core, channel.id, container.ts);
  if (message !== undefined) return { kind: 'message', channel, message, ephemeral: false };
  const ephemeral = core.state.ephemerals.find((one) => one.ts === container.ts && one.to === user.id);
  if (ephemeral === undefined) throw new Impossible('message_not_found');
  return { kind: 'message', channel, message: ephemeral, ephemeral: true };
}

export function blocksOf(place: Place): unknown {
  if (place.kind === 'view') return place.view.blocks;
  return [place.message.blocks ?? [], place.message.attachments ?? []];
}

/** An element of a place. Throws when it has none of these ids. */
export function elementOf(place: Place, blockId: string, actionId: string): JsonObject {
  const element = findElement(blocksOf(place), blockId, actionId);
  if (element === undefined) throw new Impossible(`no such element: ${blockId} ${actionId}`);
  return element;
}
