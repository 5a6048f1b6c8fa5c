import { validateView } from '../block-kit/validate.ts';
import type { Core } from '../core.ts';
import { isObject, type JsonObject } from '../json.ts';
import type { View } from '../model.ts';
import { checkTrigger } from '../triggers.ts';
import { createView, findView, replaceView, setStack, stackOf } from '../views.ts';
import { type Args, type Method, refuse, required, SlackFailure, structured, text } from './method.ts';

/** Modals on top of each other, the first one included. */
const STACK_LIMIT = 3;

/** The view of the arguments, checked; `type` is what the method takes. */
function viewOf(core: Core, args: Args, type: 'modal' | 'home', replaced?: View): JsonObject {
  const view = structured(args, 'view');
  if (!isObject(view)) throw new SlackFailure('invalid_arguments');
  return checkedView(core, view, type, replaced);
}

/** Throws what Slack would answer to this view; otherwise gives it back. */
export function checkedView(
  core: Core,
  view: JsonObject,
  type: 'modal' | 'home',
  replaced?: View,
): JsonObject {
  const problems = validateView(view);
  if (problems.some((problem) => problem.code === 'too_long_in_total'))
    throw new SlackFailure('view_too_large');
  refuse(problems, 'invalid_arguments');
  if (view.type !== type) throw new SlackFailure('invalid_arguments');
  const { external_id } = view;
  const other = external_id ? findView(core, (one) => one.external_id === external_id)?.view : undefined;
  if (other !== undefined && other !== replaced) throw new SlackFailure('duplicate_external_id');
  return view;
}

const open: Method = {
  token: 'bot',
  tier: 100,
  handle(core, args) {
    const trigger = checkTrigger(core, required(args, 'trigger_id'));
    const view = createView(core, viewOf(core, args, 'modal'));
    trigger.exchanged = true;
    setStack(core, trigger.user, [view]);
    return { view };
  },
};

const push: Method = {
  token: 'bot',
  tier: 100,
  handle(core, args) {
    const trigger = checkTrigger(core, required(args, 'trigger_id'));
    const stack = stackOf(core, trigger.user);
    const top = stack.at(-1);
    if (top === undefined || trigger.view === undefined) throw new SlackFailure('not_found');
    if (stack.length >= STACK_LIMIT) throw new SlackFailure('push_limit_reached');
    const view = createView(core, viewOf(core, args, 'modal'), top);
    trigger.exchanged = true;
    setStack(core, trigger.user, [...stack, view]);
    return { view };
  },
};

const update: Method = {
  token: 'bot',
  tier: 100,
  handle(core, args) {
    const id = text(args, 'view_id');
    const externalId = text(args, 'external_id');
    if (!id && !externalId) throw new SlackFailure('invalid_arguments');
    const found = findView(core, (view) => (id ? view.id === id : view.external_id === externalId));
    if (found === undefined) throw new SlackFailure('not_found');
    const hash = text(args, 'hash');
    if (hash && hash !== found.view.hash) throw new SlackFailure('hash_conflict');
    replaceView(core, found.view, viewOf(core, args, 'modal', found.view));
    setStack(core, found.user, [...stackOf(core, found.user)]);
    return { view: found.view };
  },
};

const publish: Method = {
  token: 'bot',
  tier: 100,
  handle(core, args) {
    if (!core.manifest.features.app_home?.home_tab_enabled) throw new SlackFailure('not_enabled');
    const user = required(args, 'user_id');
    if (!core.state.users.has(user)) throw new SlackFailure('user_not_found');
    const current = core.state.homes.get(user);
    const hash = text(args, 'hash');
    if (hash && current !== undefined && hash !== current.hash) throw new SlackFailure('hash_conflict');
    const described = viewOf(core, args, 'home', current);
    const view = current ?? createView(core, described);
    if (current !== undefined) replaceView(core, current, described);
    core.state.homes.set(user, view);
    core.changes.emit({ type: 'home', user, view });
    return { view };
  },
};

export const viewMethods: Record<string, Method> = {
  'views.open': open,
  'views.push': push,
  'views.update': update,
  'views.publish': publish,
};
