import type { BlockAction } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { fixFailedModal, fixFile, fixTabs } from '#blocks/fix-modal.ts';
import type { Bot } from './deps.ts';
import { fixReport, fixView, updateView } from './fix.ts';
import { readFixState } from './fix-state.ts';
import { inTeam, type Person } from './people.ts';
import { busyMessage } from './text.ts';

const bodyShape = z.object({
  view: z.object({
    id: z.string(),
    hash: z.string().optional(),
    callback_id: z.literal('fix'),
    private_metadata: z.string(),
  }),
  actions: z.array(z.object({ action_id: z.string(), value: z.string().optional() })).min(1),
});

/** A press within the window "How to fix": another form of the fixes, or all of them as a file in the thread. */
export async function turnFix(bot: Bot, client: WebClient, body: BlockAction): Promise<void> {
  const parsed = bodyShape.safeParse(body);
  if (!parsed.success) return;
  const { view, actions } = parsed.data;
  const shown = { id: view.id, ...(view.hash === undefined ? {} : { hash: view.hash }) };
  const state = readFixState(view.private_metadata);
  if (state === undefined) {
    await updateView(
      bot,
      client,
      shown,
      fixFailedModal('This window is of another version of the bot. Open it again.'),
    );
    return;
  }
  /** A window that nothing comes into would be taken for one that does not work. */
  const begin = async (task: () => Promise<void>) => {
    if (bot.work.start(task)) return;
    bot.log.warn({}, 'A press in a window was turned away: too much is in work');
    await updateView(bot, client, shown, fixFailedModal(busyMessage().text));
  };
  const person = personOf(body);
  const pressed = actions[0]?.value;
  if (pressed === 'file') {
    await begin(() => putFile(bot, client, { view: shown, state, person }));
    return;
  }
  const tab = fixTabs.find((each) => each === pressed);
  if (tab === undefined || tab === state.tab) return;
  const wanted = { client, person, state: { ...state, tab }, viewId: view.id };
  await begin(async () => updateView(bot, client, shown, await fixView(bot, wanted)));
}

interface FileWanted {
  view: { id: string; hash?: string };
  state: NonNullable<ReturnType<typeof readFixState>>;
  person: Person;
}

async function putFile(bot: Bot, client: WebClient, { view, state, person }: FileWanted): Promise<void> {
  const report = await fixReport(bot, { client, person, state, viewId: view.id });
  if ('failed' in report) return updateView(bot, client, view, fixFailedModal(report.failed));
  if (state.thread === undefined) return;
  const name = `fix-${report.target.service ?? report.target.task ?? 'ecs'}.txt`;
  const put = await bot.poster.file(client, state.thread, {
    name: name.replace(/[^\w.-]+/g, '-'),
    content: fixFile(report),
    title: 'How to fix',
  });
  if (!put) await updateView(bot, client, view, fixFailedModal('Slack did not take the file.'));
}

function personOf({ user }: BlockAction): Person {
  const { id, username, name, team_id: team } = user;
  return { id, name: username ?? name, ...inTeam(team) };
}
