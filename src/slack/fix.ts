import type { RespondFn } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { fixFailedModal, fixLoadingModal, fixModal } from '#blocks/fix-modal.ts';
import { CannotLook, type Report, type Request, UsageError } from '#commands/command.ts';
import { admit, Refused } from './admit.ts';
import type { Bot, Use } from './deps.ts';
import { type FixState, writeFixState } from './fix-state.ts';
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
  /** Nobody but the presser sees the message with the button, so nothing goes into its thread. */
  ephemeral: boolean;
  request: Request;
}

/** "How to fix": opened at once, since a trigger lives three seconds; the findings are read again behind it. */
export async function showFix(bot: Bot, press: FixPress): Promise<void> {
  const { client, trigger, source, person } = press;
  const tell = createTell({ ...bot, ...press, ...(source === undefined ? {} : { place: source }) });
  const state = stateOf(press);
  let view: { id?: string | undefined; hash?: string | undefined } | undefined;
  try {
    ({ view } = await client.views.open({
      trigger_id: trigger,
      view: fixLoadingModal(writeFixState(state)),
    }));
  } catch (error) {
    bot.log.error({ err: error }, 'The modal with the fix could not be opened');
    await tell({ text: 'Slack did not open the window in time; a second press does.', blocks: [] });
    return;
  }
  const { id = '', hash } = view ?? {};
  const shown = { id, ...(hash === undefined ? {} : { hash }) };
  const started = bot.work.start(async () =>
    updateView(bot, client, shown, await fixView(bot, { client, person, state, viewId: id })),
  );
  if (!started) await client.views.update({ view_id: id, view: fixFailedModal(busyMessage().text) });
}

function stateOf({ request, source, ephemeral }: FixPress): FixState {
  if (source === undefined) return { request };
  const { channel, ts, threadTs = ts } = source;
  const open = !ephemeral && request.options.private !== true;
  return { request, channel, ...(open && { thread: { channel, threadTs } }) };
}

/** Puts a view in place of what a window shows. */
export async function updateView(
  bot: Bot,
  client: WebClient,
  { id, hash }: { id: string; hash?: string },
  view: ModalView,
): Promise<void> {
  try {
    await client.views.update({ view_id: id, ...(hash === undefined ? {} : { hash }), view });
  } catch (error) {
    const code = slackErrorCode(error);
    // A later press was faster, and its view is the one that was wanted last.
    if (code === 'hash_conflict') return;
    bot.log.error({ err: error, code }, 'The fix did not reach its window');
    // Whoever closed the window does not wait for it; nobody else is left with one that says it is reading.
    if (code !== 'not_found')
      await client.views.update({ view_id: id, view: fixFailedModal('Slack did not take the fix.') });
  }
}

interface Wanted {
  client: WebClient;
  person: Person;
  state: FixState;
  viewId: string;
}

/** The window's content, for who may see it. Never throws: what went wrong is said in the window. */
export async function fixView(bot: Bot, wanted: Wanted): Promise<ModalView> {
  const { state } = wanted;
  const report = await fixReport(bot, wanted);
  if ('failed' in report) return fixFailedModal(report.failed);
  return fixModal(report, {
    metadata: writeFixState(state),
    thread: state.thread !== undefined,
    ...(state.tab !== undefined && { tab: state.tab }),
  });
}

/** The findings behind a window: those that it was filled with, or read again. Access is checked every time. */
export async function fixReport(
  bot: Bot,
  { client, person, state, viewId }: Wanted,
): Promise<Report | { failed: string }> {
  const { request, channel } = state;
  const audit = (outcome: Use['outcome'], detail: string) =>
    bot.deps.audit({ entry: 'button', person, channel: channel ?? '', request, outcome, detail });
  try {
    const environments = await admit(bot, client, { person, ...(channel === undefined ? {} : { channel }) });
    if (request.environment !== undefined && !environments.some(({ name }) => name === request.environment)) {
      audit('refused', 'environment is not open');
      return { failed: `You may not look at ${request.environment} from here.` };
    }
    const known = bot.fixes.of(viewId);
    const found = known
      ? { kind: 'report' as const, report: known }
      : await run(bot, { request, person, environments });
    audit('answered', 'fix');
    if (found.kind !== 'report') return { failed: 'There is nothing to fix in this answer.' };
    bot.fixes.remember(viewId, found.report);
    return found.report;
  } catch (error) {
    if (error instanceof Refused) {
      audit('refused', error.message);
      return { failed: error.shown.text };
    }
    const reference = newReference();
    bot.log.error({ err: error, reference }, 'The fix could not be shown');
    audit('failed', error instanceof Error ? error.message : String(error));
    const told =
      error instanceof CannotLook || error instanceof UsageError
        ? error.message
        : 'Something inside the bot failed';
    return { failed: `${told} (reference for the log: ${reference})` };
  }
}
