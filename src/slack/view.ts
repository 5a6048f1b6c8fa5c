import type { App, SlackViewAction, ViewOutput, ViewResponseAction } from '@slack/bolt';
import { z } from 'zod';
import type { Request } from '#commands/command.ts';
import type { Bot } from './deps.ts';
import { readFormState, readServiceValue } from './form-state.ts';
import { nothingChosen } from './options.ts';
import { inTeam } from './people.ts';
import { acknowledge, take } from './take.ts';

/** The form "Diagnose a service", sent off. Other windows of the bot have nothing to send. */
export function register(app: App, bot: Bot): void {
  app.view({ type: 'view_submission', callback_id: 'ask' }, async ({ ack, view, body, client, respond }) => {
    const form = readForm(view);
    if ('errors' in form) {
      const errors: ViewResponseAction = { response_action: 'errors', errors: form.errors };
      return ack(errors);
    }
    await acknowledge(bot, () => ack());
    const { channel, request } = form;
    const { place } = readFormState(view.private_metadata);
    take(bot, {
      entry: 'modal',
      client,
      respond: 'response_urls' in body && body.response_urls?.length ? respond : undefined,
      person: personOf(body),
      place: place?.channel === channel ? place : { channel },
      whisperIn: { channel },
      prefix: '/ecs',
      read: () => request,
    });
  });

  app.view({ type: 'view_submission', callback_id: /^(?!(?:ask|log-filter)$)/ }, async ({ ack }) =>
    acknowledge(bot, () => ack()),
  );
  app.view({ type: 'view_closed', callback_id: /.*/ }, async ({ ack }) => acknowledge(bot, () => ack()));
}

const chosen = z.object({ selected_option: z.object({ value: z.string() }).nullish() });
const formShape = z.object({
  environment: z.object({ environment: chosen }),
  service: z.object({ service: chosen }),
  command: z.object({ command: chosen }),
  channel: z.object({ channel: z.object({ selected_conversation: z.string().nullish() }) }),
});

type Form = { request: Request; channel: string } | { errors: Record<string, string> };

export function readForm(view: Pick<ViewOutput, 'state' | 'private_metadata'>): Form {
  const parsed = formShape.safeParse(view.state.values);
  if (!parsed.success) return { errors: { service: 'The form could not be read. Open it again.' } };
  const { environment, service, command, channel } = parsed.data;
  const wanted = {
    environment: environment.environment.selected_option?.value ?? '',
    service: service.service.selected_option?.value ?? '',
    command: command.command.selected_option?.value ?? '',
    channel: channel.channel.selected_conversation ?? '',
  };
  const missing = Object.entries(wanted).filter(([, value]) => value === '' || value === nothingChosen);
  if (missing.length > 0) {
    return { errors: Object.fromEntries(missing.map(([field]) => [field, 'Choose one.'])) };
  }
  const { guess } = readFormState(view.private_metadata);
  const { cluster, service: name } = readServiceValue(wanted.service);
  const same = guess?.service === name && guess.environment === wanted.environment;
  return {
    channel: wanted.channel,
    request: {
      command: wanted.command,
      service: name,
      environment: wanted.environment,
      options: { ...(same ? guess.options : {}), ...(cluster === undefined ? {} : { cluster }) },
    },
  };
}

function personOf({ user }: SlackViewAction) {
  return { id: user.id, name: user.name, ...inTeam(user.team_id) };
}
