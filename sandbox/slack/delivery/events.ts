import type { Core } from '../core.ts';

/** Slack tries an event again at once, after a minute and after five, then gives it up. */
const RETRY_DELAYS_MS = [0, 60_000, 300_000];

/**
 * Sends an event to the app if its manifest subscribes to it (`subscription`, by default the event's type).
 * Resolves when the first try is over; further tries follow on the workspace's clock.
 */
export async function sendEvent(
  core: Core,
  event: Record<string, unknown>,
  subscription = String(event.type),
): Promise<void> {
  const subscribed = core.manifest.settings.event_subscriptions?.bot_events ?? [];
  if (!subscribed.includes(subscription)) return;
  const { team, app, verificationToken } = core.identity;
  const payload = {
    token: verificationToken,
    team_id: team.id,
    api_app_id: app.id,
    event: { ...event, event_ts: core.ids.ts() },
    type: 'event_callback',
    event_id: core.ids.next('Ev'),
    event_time: Math.floor(core.clock.now() / 1000),
    authorizations: [
      {
        enterprise_id: null,
        team_id: team.id,
        user_id: app.botUserId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: false,
    event_context: core.ids.next('4-'),
  };
  await attempt(core, payload, 0);
}

async function attempt(
  core: Core,
  payload: Record<string, unknown>,
  tries: number,
  reason = '',
): Promise<void> {
  const delivery = await core.transport.deliver({
    type: 'events_api',
    payload,
    acceptsResponse: false,
    ...(tries > 0 && { retry: { attempt: tries, reason } }),
  });
  if (delivery.outcome === 'acked') return;
  // An app that answers x-slack-no-retry: 1 wants no second try.
  if (delivery.outcome === 'refused' && delivery.noRetry) return;
  const delay = RETRY_DELAYS_MS[tries];
  if (delay === undefined) return;
  const why = { timeout: 'timeout', refused: 'http_error', no_connection: 'connection_failed' }[
    delivery.outcome
  ];
  core.clock.after(delay, () => void attempt(core, payload, tries + 1, why));
}
