import { isDeepStrictEqual } from 'node:util';
import { type Core, noteUnexpected, tellFailure } from '../core.ts';
import { isObject, type JsonObject } from '../json.ts';
import type { User, View } from '../model.ts';
import { createResponseUrl } from '../response-url.ts';
import { createTrigger } from '../triggers.ts';
import { createView, replaceView, setStack, stackOf } from '../views.ts';
import { SlackFailure } from '../web-api/method.ts';
import { checkedView } from '../web-api/views.ts';
import { missingInputs, stateValues, type Values } from './elements.ts';
import { failureOf, type Outcome, sendInteraction } from './interactions.ts';
import { Impossible, userOf } from './lookup.ts';
import { interactionBase } from './payloads.ts';

export interface SubmitRequest {
  user: string;
  view_id: string;
  values?: Values;
}

export type SubmitOutcome = Outcome | { ok: true; response_action: 'errors'; errors: Record<string, string> };

/** Somebody submits a modal. Does with its stack what the app's ack asks for. */
export async function submitView(core: Core, request: SubmitRequest): Promise<SubmitOutcome> {
  const user = userOf(core, request.user);
  const view = openView(core, user, request.view_id);
  const values = stateValues(view.blocks, request.values);
  const errors = missingInputs(view.blocks, values);
  if (Object.keys(errors).length > 0) return { ok: true, response_action: 'errors', errors };
  view.state = { values };
  const delivery = await sendInteraction(
    core,
    {
      type: 'view_submission',
      ...interactionBase(core, user),
      trigger_id: createTrigger(core, user.id, view.id),
      view,
      response_urls: responseUrls(core, user, view, values),
    },
    true,
  );
  const error = failureOf(delivery);
  if (delivery.outcome !== 'acked') {
    tellFailure(core, { user: user.id, channel: '', text: 'We had some trouble connecting. Try again?' });
    return { ok: false, error: error ?? '' };
  }
  try {
    return applyAck(core, user, view, isObject(delivery.response) ? delivery.response : {});
  } catch (failure) {
    if (!(failure instanceof SlackFailure)) throw failure;
    noteUnexpected(core, { code: 'invalid_ack', message: failure.error, detail: failure.detail });
    tellFailure(core, { user: user.id, channel: '', text: 'We had some trouble connecting. Try again?' });
    return { ok: false, error: failure.error };
  }
}

function openView(core: Core, user: User, id: string): View {
  const view = stackOf(core, user.id).find((one) => one.id === id);
  if (view === undefined) throw new Impossible('view_not_found');
  return view;
}

/** An address for each chosen conversation of an element that asks for one. */
function responseUrls(core: Core, user: User, view: View, values: Values): Record<string, string>[] {
  return view.blocks.filter(isObject).flatMap((block) => {
    const { element, block_id } = block;
    if (!isObject(element) || element.response_url_enabled !== true) return [];
    const action_id = String(element.action_id);
    const state = values[String(block_id)]?.[action_id];
    const channel = state?.selected_conversation ?? state?.selected_channel;
    if (typeof channel !== 'string') return [];
    const response_url = createResponseUrl(core, user.id, channel);
    return [{ block_id: String(block_id), action_id, channel_id: channel, response_url }];
  });
}

function applyAck(core: Core, user: User, view: View, response: JsonObject): SubmitOutcome {
  const stack = stackOf(core, user.id);
  switch (response.response_action) {
    case undefined:
      setStack(
        core,
        user.id,
        stack.filter((one) => one !== view),
      );
      return { ok: true };
    case 'clear':
      setStack(core, user.id, []);
      return { ok: true, response_action: 'clear' };
    case 'errors':
      return { ok: true, response_action: 'errors', errors: checkedErrors(view, response.errors) };
    case 'update':
      replaceView(core, view, checkedView(core, asView(response.view), 'modal', view));
      setStack(core, user.id, [...stack]);
      return { ok: true, response_action: 'update' };
    case 'push': {
      if (stack.length >= 3) throw new SlackFailure('push_limit_reached');
      const pushed = createView(core, checkedView(core, asView(response.view), 'modal'), view);
      setStack(core, user.id, [...stack, pushed]);
      return { ok: true, response_action: 'push' };
    }
    default:
      throw new SlackFailure('invalid_response_action', { response });
  }
}

/** Errors must name input blocks of the view; Slack shows none otherwise. */
function checkedErrors(view: View, errors: unknown): Record<string, string> {
  const inputs = view.blocks.filter(isObject).filter((block) => block.type === 'input');
  const known = new Set(inputs.map((block) => block.block_id));
  const entries = isObject(errors) ? Object.entries(errors) : [];
  if (entries.length === 0 || entries.some(([id, text]) => !known.has(id) || typeof text !== 'string')) {
    throw new SlackFailure('invalid_errors', { errors });
  }
  return Object.fromEntries(entries.map(([id, text]) => [id, String(text)]));
}

function asView(view: unknown): JsonObject {
  if (isObject(view)) return view;
  throw new SlackFailure('invalid_arguments');
}

/** Somebody closes a modal, by its button (that one) or by the cross (`cleared`: the whole stack). */
export async function closeView(
  core: Core,
  request: { user: string; view_id: string; cleared?: boolean },
): Promise<Outcome> {
  const user = userOf(core, request.user);
  const view = openView(core, user, request.view_id);
  const stack = stackOf(core, user.id);
  const closed = request.cleared || view.clear_on_close ? stack : [view];
  const left = stack.filter((one) => !closed.includes(one));
  setStack(core, user.id, left);
  for (const one of closed.filter((other) => other.notify_on_close)) {
    const is_cleared = isDeepStrictEqual(left, []) && closed.length > 1;
    await sendInteraction(core, {
      type: 'view_closed',
      ...interactionBase(core, user),
      view: one,
      is_cleared,
    });
  }
  return { ok: true };
}
