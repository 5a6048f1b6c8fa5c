import type { Core } from './core.ts';
import { SlackFailure } from './web-api/method.ts';

/** A trigger id is good for one modal within this time. */
export const TRIGGER_LIFETIME_MS = 3000;

export interface Trigger {
  user: string;
  createdAt: number;
  exchanged: boolean;
  /** The view that the interaction came from, below which a further one may be pushed. */
  view?: string;
}

export function createTrigger(core: Core, user: string, view?: string): string {
  const id = `${core.ids.ts().replace('.', '')}.${core.identity.team.id}.${core.ids.next('')}`.toLowerCase();
  const trigger: Trigger = { user, createdAt: core.clock.now(), exchanged: false };
  if (view !== undefined) trigger.view = view;
  core.state.triggers.set(id, trigger);
  return id;
}

/** A trigger that may be used now. Throws Slack's error otherwise. */
export function checkTrigger(core: Core, id: string): Trigger {
  const trigger = core.state.triggers.get(id);
  if (trigger === undefined) throw new SlackFailure('invalid_trigger_id');
  if (trigger.exchanged) throw new SlackFailure('exchanged_trigger_id');
  if (core.clock.now() - trigger.createdAt > TRIGGER_LIFETIME_MS) {
    throw new SlackFailure('expired_trigger_id');
  }
  return trigger;
}
