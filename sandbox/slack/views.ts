import type { Core } from './core.ts';
import type { Json, JsonObject } from './json.ts';
import { withBlockIds } from './messages.ts';
import type { View } from './model.ts';

/** A modal, and the person who has it open. */
export interface OpenView {
  user: string;
  view: View;
}

export function findView(core: Core, matches: (view: View) => boolean): OpenView | undefined {
  for (const [user, stack] of core.state.views) {
    const view = stack.find(matches);
    if (view !== undefined) return { user, view };
  }
  return undefined;
}

/** Slack's full form of a view that an app described. */
export function createView(core: Core, described: JsonObject, below?: View): View {
  const id = core.ids.next('V');
  const { team, app } = core.identity;
  return {
    ...fieldsOf(core, described),
    id,
    hash: newHash(core),
    team_id: team.id,
    app_id: app.id,
    app_installed_team_id: team.id,
    bot_id: app.botId,
    root_view_id: below?.root_view_id ?? id,
    previous_view_id: below?.id ?? null,
    state: { values: {} },
  };
}

/** Puts another description into a view that stays in its place. */
export function replaceView(core: Core, view: View, described: JsonObject): void {
  for (const field of ['title', 'submit', 'close'] as const) delete view[field];
  Object.assign(view, fieldsOf(core, described), { hash: newHash(core) });
}

function fieldsOf(core: Core, described: JsonObject) {
  const blocks = Array.isArray(described.blocks) ? described.blocks : [];
  const fields = {
    type: described.type === 'home' ? 'home' : 'modal',
    blocks: withBlockIds(core, blocks),
    callback_id: asText(described.callback_id),
    private_metadata: asText(described.private_metadata),
    external_id: asText(described.external_id),
    notify_on_close: described.notify_on_close === true,
    clear_on_close: described.clear_on_close === true,
  };
  return {
    ...fields,
    ...(described.title !== undefined && { title: described.title }),
    ...(described.submit !== undefined && { submit: described.submit }),
    ...(described.close !== undefined && { close: described.close }),
  };
}

function newHash(core: Core): string {
  return `${core.ids.ts()}.${core.ids.next('').toLowerCase()}`;
}

function asText(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

export function stackOf(core: Core, user: string): View[] {
  return core.state.views.get(user) ?? [];
}

export function setStack(core: Core, user: string, views: View[]): void {
  if (views.length === 0) core.state.views.delete(user);
  else core.state.views.set(user, views);
  core.changes.emit({ type: 'view', user, views });
}
