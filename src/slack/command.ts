import type { App } from '@slack/bolt';
import type { Bot } from './deps.ts';
import { unescaped } from './spoken.ts';
import { acknowledge, take } from './take.ts';

/** Every slash command of the app is this one: its name is chosen in the manifest. */
export function register(app: App, bot: Bot): void {
  app.command(/.*/, async ({ ack, command, client, respond }) => {
    await acknowledge(bot, ack);
    if (!bot.deliveries.first(`command:${command.trigger_id}`)) return;
    const { user_id: id, user_name: name, team_id: team, channel_id: channel } = command;
    // Slack's reference does not say whether `& < >` come as they were typed or as entities; nobody types entities.
    const text = unescaped(command.text);
    take(bot, {
      entry: 'command',
      client,
      respond,
      person: { id, name, team },
      place: { channel },
      prefix: command.command,
      typed: text,
      read: (environments) => bot.deps.parseRequest(text, { environments }),
    });
  });
}
