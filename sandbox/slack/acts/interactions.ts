import { suggestionAnswer } from '../block-kit/options.ts';
import { problemsOf } from '../block-kit/problem.ts';
import { type Core, type Delivery, noteUnexpected, tellFailure } from '../core.ts';
import { isObject, type JsonObject } from '../json.ts';
import { asApiMessage, findMessage } from '../messages.ts';
import type { Channel, Failure, User } from '../model.ts';
import { createResponseUrl } from '../response-url.ts';
import { createTrigger } from '../triggers.ts';
import { actionOf, type Chosen, stateField, stateValues, type Values } from './elements.ts';
import {
  blocksOf,
  type Container,
  channelOf,
  elementOf,
  Impossible,
  type Place,
  placeOf,
  userOf,
} from './lookup.ts';
import { interactionBase, payloadChannel } from './payloads.ts';

export type Outcome = { ok: true; [field: string]: unknown } | { ok: false; error: string };

/** Sends an interaction; `payload` in the form of an HTTP app's `payload` field. */
export function sendInteraction(
  core: Core,
  payload: Record<string, unknown>,
  acceptsResponse = false,
): Promise<Delivery> {
  if (core.manifest.settings.interactivity?.is_enabled !== true) {
    throw new Impossible('interactivity is not enabled in the manifest');
  }
  return core.transport.deliver({ type: 'interactive', payload, acceptsResponse });
}

/** The error of a delivery in Slack's words; undefined when it was acknowledged. */
export function failureOf(delivery: Delivery): string | undefined {
  if (delivery.outcome === 'acked') return undefined;
  return delivery.outcome === 'timeout' ? 'operation_timeout' : 'dispatch_failed';
}

/** Turns a delivery into an outcome; a failed one is also told to the user. */
export function outcomeOf(
  core: Core,
  delivery: Delivery,
  what: string,
  told: Omit<Failure, 'text'>,
): Outcome {
  const error = failureOf(delivery);
  if (error === undefined) return { ok: true };
  tellFailure(core, { ...told, text: `${what} failed with the error "${error}"` });
  return { ok: false, error };
}

export interface ActionRequest extends Chosen {
  user: string;
  container: Container;
  block_id: string;
  action_id: string;
  values?: Values;
}

/** Somebody uses an element of a message, a modal or the Home tab: block_actions. */
export async function act(core: Core, request: ActionRequest): Promise<Outcome> {
  const user = userOf(core, request.user);
  const place = placeOf(core, user, request.container);
  const element = elementOf(place, request.block_id, request.action_id);
  const action = actionOf(core, element, request.block_id, request);
  if (action === undefined) throw new Impossible('no such option');
  const values = stateValues(blocksOf(place), withAction(request, element, action));
  const payload = {
    type: 'block_actions',
    ...interactionBase(core, user),
    ...placeFields(core, user, place, values),
    actions: [action],
  };
  return outcomeOf(core, await sendInteraction(core, payload), describe(element), told(user, place));
}

/** Where the person looks who is to hear of a failure. */
function told(user: User, place: Place): Omit<Failure, 'text'> {
  if (place.kind === 'view') return { user: user.id, channel: '' };
  const { thread_ts } = place.message;
  return { user: user.id, channel: place.channel.id, ...(thread_ts !== undefined && { thread_ts }) };
}

/** The entered values, with that of the element in hand. */
function withAction(request: ActionRequest, element: JsonObject, action: JsonObject): Values {
  const entered = request.values ?? {};
  const field = stateField(element.type);
  const value = field === undefined ? undefined : action[field];
  if (field === undefined || value === undefined) return entered;
  const state = { type: String(element.type), [field]: value };
  const { block_id, action_id } = request;
  return { ...entered, [block_id]: { ...entered[block_id], [action_id]: state } };
}

function describe(element: JsonObject): string {
  const text = isObject(element.text) ? element.text.text : undefined;
  return typeof text === 'string' ? text : String(element.type);
}

function placeFields(core: Core, user: User, place: Place, values: Values): Record<string, unknown> {
  if (place.kind === 'view') {
    const view = { ...place.view, state: { values } };
    return {
      container: { type: 'view', view_id: view.id },
      trigger_id: createTrigger(core, user.id, view.id),
      view,
    };
  }
  const { channel, message, ephemeral } = place;
  return {
    container: containerOf(place),
    trigger_id: createTrigger(core, user.id),
    channel: payloadChannel(channel),
    // Slack does not keep ephemeral messages, so their content is not in the payload.
    ...(!ephemeral && { message: asApiMessage(core, message) }),
    state: { values },
    response_url: createResponseUrl(core, user.id, channel.id, { ts: message.ts, ephemeral }),
  };
}

function containerOf({ channel, message, ephemeral }: Place & { kind: 'message' }): Record<string, unknown> {
  return {
    type: 'message',
    message_ts: message.ts,
    channel_id: channel.id,
    is_ephemeral: ephemeral,
    ...(message.thread_ts !== undefined && { thread_ts: message.thread_ts }),
  };
}

export interface OptionsRequest {
  user: string;
  container: Container;
  block_id: string;
  action_id: string;
  value: string;
}

/** Somebody types into an external select: block_suggestion. Answers the app's options. */
export async function suggest(core: Core, request: OptionsRequest): Promise<Outcome> {
  const user = userOf(core, request.user);
  const place = placeOf(core, user, request.container);
  elementOf(place, request.block_id, request.action_id);
  const { block_id, action_id, value } = request;
  const where =
    place.kind === 'view'
      ? { container: { type: 'view', view_id: place.view.id }, view: place.view }
      : {
          container: containerOf(place),
          channel: payloadChannel(place.channel),
          ...(!place.ephemeral && { message: asApiMessage(core, place.message) }),
        };
  const payload = {
    type: 'block_suggestion',
    ...interactionBase(core, user),
    ...where,
    block_id,
    action_id,
    value,
  };
  const delivery = await sendInteraction(core, payload, true);
  const error = failureOf(delivery);
  if (delivery.outcome !== 'acked') return { ok: false, error: error ?? '' };
  const problems = problemsOf(suggestionAnswer, delivery.response, '');
  if (problems.length > 0 || !isObject(delivery.response)) {
    noteUnexpected(core, { code: 'invalid_ack', message: 'block_suggestion', detail: problems });
    return { ok: false, error: 'invalid_options' };
  }
  return { ok: true, ...delivery.response };
}

export interface ShortcutRequest {
  user: string;
  callback_id: string;
  channel?: string;
  ts?: string;
}

/** Somebody picks a shortcut: a global one, or one in a message's menu. */
export async function useShortcut(core: Core, request: ShortcutRequest): Promise<Outcome> {
  const user = userOf(core, request.user);
  const { callback_id, channel, ts } = request;
  const type = channel !== undefined && ts !== undefined ? 'message' : 'global';
  const shortcut = core.manifest.features.shortcuts.find(
    (one) => one.callback_id === callback_id && one.type === type,
  );
  if (shortcut === undefined) throw new Impossible(`no such ${type} shortcut: ${callback_id}`);
  const common = {
    ...interactionBase(core, user),
    callback_id,
    trigger_id: createTrigger(core, user.id),
    action_ts: core.ids.ts(),
  };
  const payload =
    channel !== undefined && ts !== undefined
      ? { type: 'message_action', ...common, ...messageFields(core, user, channelOf(core, channel), ts) }
      : { type: 'shortcut', ...common };
  return outcomeOf(core, await sendInteraction(core, payload), shortcut.name, {
    user: user.id,
    channel: channel ?? '',
  });
}

function messageFields(core: Core, user: User, channel: Channel, ts: string): Record<string, unknown> {
  const message = findMessage(core, channel.id, ts);
  if (message === undefined) throw new Impossible('message_not_found');
  return {
    channel: payloadChannel(channel),
    message_ts: ts,
    message: asApiMessage(core, message),
    response_url: createResponseUrl(core, user.id, channel.id, { ts, ephemeral: false }),
  };
}
