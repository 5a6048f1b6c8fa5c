import type { RespondFn } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { fixFailedModal, fixLoadingModal, fixModal } from '#blocks/fix-modal.ts';
import { CannotLook, type Request, UsageError } from '#commands/command.ts';
import { admit, Refused } from './admit.ts';
import type { Bot, Use } from './deps.ts';
import type { Person } from './people.ts';
import type { Posted } from './post.ts';
import { createTell } from './private.ts';
import { run } from './run.ts';
import { slackErrorCode } from './slack-error.ts';
import { busyMessage, newReference } from './text.ts';

interface FixPress {
  client: WebClient;
  respond: RespondFn;
  person: Person;
  trigger: string;
  source?: Posted;
  request: Request;
}

/** "How to fix": opened at once, since a trigger lives three seconds; the findings are read again behind it. */
export async function showFix(bot: Bot, press: FixPress): Promise<void> {
  const { client, trigger, source } = press;
  const tell = createTell({ ...bot, ...press, ...(source === undefined ? {} : { place: source }) });
  let view: { id?: string | undefined; hash?: string | undefined } | undefined;
  try {
    ({ view } = await client.views.open({ trigger_id: trigger, view: fixLoadingModal() }));
  } catch (error) {
    bot.log.error({ err: error }, 'The modal with the fix could not be opened');
    await tell({ text: 'Slack did not open the window in time; a second press does.', blocks: [] });
    return;
  }
  const { id = '', hash } = view ?? {};
  const started = bot.work.start(async () => {
    const shown = await fixView(bot, press);
    try {
      await client.views.update({ view_id: id, ...(hash === undefined ? {} : { hash }), view: shown });
    } catch (error) {
      const code = slackErrorCode(error);
      bot.log.error({ err: error, code }, 'The fix did not reach its window');
      // Whoever closed the window does not wait for it; nobody else is left with one that says it is reading.
      if (code !== 'not_found')
        await client.views.update({ view_id: id, view: fixFailedModal('Slack did not take the fix.') });
    }
  });
  if (!started) await client.views.update({ view_id: id, view: fixFailedModal(busyMessage().text) });
}

async function fixView(bot: Bot, { client, person, source, request }: FixPress) {
  const audit = (outcome: Use['outcome'], detail: string) =>
    bot.deps.audit({ entry: 'button', person, channel: source?.channel ?? '', request, outcome, detail });
  try {
    const environments = await admit(bot, client, {
      person,
      ...(source === undefined ? {} : { channel: source.channel }),
    });
    if (request.environment !== undefined && !environments.some(({ name }) => name === request.environment)) {
      audit('refused', 'environment is not open');
      return fixFailedModal(`You may not look at ${request.environment} from here.`);
    }
    const found = await run(bot, { request, person, environments });
    audit('answered', 'fix');
    return found.kind === 'report'
      ? fixModal(found.report)
      : fixFailedModal('There is nothing to fix in this answer.');
  } catch (error) {
    if (error instanceof Refused) {
      audit('refused', error.message);
      return fixFailedModal(error.shown.text);
    }
    const reference = newReference();
    bot.log.error({ err: error, reference }, 'The fix could not be shown');
    audit('failed', error instanceof Error ? error.message : String(error));
    const told =
      error instanceof CannotLook || error instanceof UsageError
        ? error.message
        : 'Something inside the bot failed';
    return fixFailedModal(`${told} (reference for the log: ${reference})`);
  }
}
