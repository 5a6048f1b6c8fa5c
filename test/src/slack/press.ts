import type { Message } from '#sandbox/slack/model.ts';
import type { SlackWorkspace } from '#sandbox/slack/workspace.ts';

interface Element {
  block_id: string;
  action_id: string;
  label: string;
  value?: string;
}

/** The buttons and menus of a message, as a reader sees them. */
export function elementsOf(message: Pick<Message, 'blocks'>): Element[] {
  return (message.blocks ?? []).flatMap((block) => {
    const {
      block_id = '',
      elements = [],
      accessory,
    } = block as {
      block_id?: string;
      elements?: RawElement[];
      accessory?: RawElement;
    };
    return [...elements, ...(accessory === undefined ? [] : [accessory])]
      .filter((element) => element.action_id !== undefined)
      .map(({ action_id = '', text, placeholder, value }) => ({
        block_id,
        action_id,
        label: text?.text ?? placeholder?.text ?? '',
        ...(value === undefined ? {} : { value }),
      }));
  });
}

interface RawElement {
  action_id?: string;
  text?: { text?: string };
  placeholder?: { text?: string };
  value?: string;
}

/** Presses the button of that label. */
export async function press(workspace: SlackWorkspace, user: string, message: Message, label: string) {
  const found = elementsOf(message).find((element) => element.label === label);
  if (found === undefined) throw new Error(`The message has no button "${label}"`);
  const { block_id, action_id } = found;
  return workspace.act({ user, container: containerOf(message), block_id, action_id });
}

/** Chooses from the menu of that placeholder. */
export async function choose(
  workspace: SlackWorkspace,
  user: string,
  message: Message,
  placeholder: string,
  option: string,
) {
  const found = elementsOf(message).find((element) => element.label === placeholder);
  if (found === undefined) throw new Error(`The message has no menu "${placeholder}"`);
  const { block_id, action_id } = found;
  return workspace.act({
    user,
    container: containerOf(message),
    block_id,
    action_id,
    selected_option: option,
  });
}

/** Presses a button of the window that is open for the user, by its action. */
export async function pressTab(workspace: SlackWorkspace, user: string, action: string) {
  const view = workspace.views(user).at(-1);
  const found = elementsOf(view ?? {}).find(({ action_id }) => action_id === action);
  if (view === undefined || found === undefined) throw new Error(`No window has a button for "${action}"`);
  const { block_id, action_id } = found;
  return workspace.act({ user, container: { type: 'view', view_id: view.id }, block_id, action_id });
}

function containerOf({ channel, ts }: Message) {
  return { type: 'message', channel, ts } as const;
}

/** The answer to a command in #incidents, once it stands. */
export async function answered(workspace: SlackWorkspace, text: string, user = 'ada'): Promise<Message> {
  const before = workspace.messages('incidents').length;
  await workspace.command({ user, channel: 'incidents', command: '/ecs', text });
  return workspace.until(() => {
    const message = workspace.messages('incidents')[before];
    return message?.edited === undefined ? undefined : structuredClone(message);
  });
}

/** The replies below a message that stand, without those still being worked on. */
export function replies(
  workspace: SlackWorkspace,
  { channel, ts }: Pick<Message, 'channel' | 'ts'>,
): Message[] {
  return workspace.thread(channel, ts).filter((message) => message.ts !== ts && message.edited !== undefined);
}
