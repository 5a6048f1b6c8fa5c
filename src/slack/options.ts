import { setTimeout as sleep } from 'node:timers/promises';
import type { App, BlockSuggestion } from '@slack/bolt';
import type { PlainTextOption } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { option } from '#blocks/elements.ts';
import { slack } from '#blocks/limits.ts';
import type { EnvironmentSummary } from '#commands/command.ts';
import { admit, Refused } from './admit.ts';
import type { Bot, ServiceEntry } from './deps.ts';
import { readFormState, serviceValue } from './form-state.ts';
import { inTeam } from './people.ts';
import { rank } from './rank.ts';

/** Slack waits three seconds for the entries of a menu, for every key that is pressed. */
const answerWithinMs = 2_500;

/** A list that is not there yet is waited for this long. */
const listWithinMs = 2_000;

/** The value of an entry that says something instead of being a choice. */
export const nothingChosen = '-';

/** The menus of the form: environments by right, services from memory. AWS is never waited for. */
export function register(app: App, bot: Bot): void {
  app.options(/.*/, async ({ ack, payload, client }) => {
    if (payload.type !== 'block_suggestion') return ack({ options: [] });
    const late = sleep(answerWithinMs, [hint('The list is not there yet: type again')], { ref: false });
    const options = await Promise.race([entries(bot, client, payload), late]);
    await ack({ options });
  });
}

async function entries(bot: Bot, client: WebClient, payload: BlockSuggestion): Promise<PlainTextOption[]> {
  const { user, action_id: menu, value: typed } = payload;
  const { environment, channel } = chosenSoFar(payload);
  const person = { id: user.id, name: user.name, ...inTeam(user.team_id) };
  try {
    const open = await admit(bot, client, { person, ...(channel === undefined ? {} : { channel }) });
    if (menu === 'environment') return environmentEntries(bot, open, typed, channel);
    if (menu !== 'service') return [];
    const chosen = environment ?? (open.length === 1 ? open[0]?.name : undefined);
    if (chosen === undefined) return [hint('Choose the environment first')];
    if (!open.some(({ name }) => name === chosen)) return [hint('This environment is not open to you here')];
    const { services, cold } = await bot.services.wait(chosen, listWithinMs);
    return serviceEntries(services, cold, typed);
  } catch (error) {
    if (error instanceof Refused) return [hint(error.shown.text)];
    bot.log.error({ err: error }, 'The entries of a menu could not be made');
    return [hint('The list could not be made')];
  }
}

function environmentEntries(
  bot: Bot,
  open: readonly EnvironmentSummary[],
  typed: string,
  channel: string | undefined,
): PlainTextOption[] {
  if (open.length === 0) {
    return [
      hint(channel === undefined ? 'Choose first where to answer' : 'No environment is open to you here'),
    ];
  }
  const fitting = rank(typed, open, ({ name }) => name).slice(0, slack.options);
  // Most people choose one of the first: its services are wanted next.
  for (const { name } of fitting.slice(0, 3)) bot.services.warm(name);
  return fitting.map(({ name, account, region }) => option(name, name, `${account} · ${region}`));
}

export function serviceEntries(
  services: readonly ServiceEntry[],
  cold: boolean,
  typed: string,
): PlainTextOption[] {
  const several = new Set(services.map(({ cluster }) => cluster)).size > 1;
  const fitting = rank(typed, services, ({ service }) => service).slice(0, slack.options - 1);
  const listed = fitting.map(({ service, cluster }) =>
    option(service, serviceValue(cluster, service), several ? cluster : undefined),
  );
  const exact = fitting.some(({ service }) => service === typed.trim());
  const asTyped = typed.trim() === '' || exact ? [] : [option(`“${typed.trim()}” as typed`, typed.trim())];
  if (listed.length > 0) return [...listed, ...(fitting.length < 5 ? asTyped : [])];
  if (asTyped.length > 0) return asTyped;
  return [hint(cold ? 'The list is still being read: type a name' : 'No service was found there')];
}

/** Slack has no other way to say something in a menu. The form refuses it as a choice. */
function hint(text: string): PlainTextOption {
  return option(text, nothingChosen);
}

/** What the form holds already: rights depend on where the answer goes, services on the environment. */
function chosenSoFar({ view }: BlockSuggestion): { environment?: string; channel?: string } {
  const { place, guess, chosen } = readFormState(view?.private_metadata ?? '');
  const environment = chosen?.environment ?? guess?.environment;
  const channel = chosen?.channel ?? place?.channel;
  return {
    ...(environment === undefined ? {} : { environment }),
    ...(channel === undefined ? {} : { channel }),
  };
}
