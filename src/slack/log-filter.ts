import type { App, SlackViewAction, ViewOutput, ViewResponseAction } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { allContainers, filterAtMost, logFilterModal } from '#blocks/log-filter-modal.ts';
import { type Request, type RequestOptions, UsageError } from '#commands/command.ts';
import { readFilterText } from '#commands/filter-text.ts';
import { readSince } from '#commands/since.ts';
import type { Bot } from './deps.ts';
import { inTeam } from './people.ts';
import type { Posted } from './post.ts';
import { decodeRequest, encodeRequest, type Pressed } from './state.ts';
import { acknowledge, take } from './take.ts';

interface FilterPress {
  client: WebClient;
  trigger: string;
  source?: Posted;
  ephemeral: boolean;
}

/** Opens the form behind "Filter…". All that it shows is in the button. */
export async function openLogFilter(
  { client, trigger, source, ephemeral }: FilterPress,
  pressed: Pressed,
): Promise<void> {
  const { request, containers = [] } = pressed;
  const { filter, container, since, errors } = request.options;
  const view = logFilterModal({
    filter,
    container,
    errors,
    containers,
    ...(since !== undefined && { since: spanOf(since) }),
    privateMetadata: writeState(request, ephemeral ? { ...source, ts: undefined } : source),
  });
  await client.views.open({ trigger_id: trigger, view });
}

/** The form, sent off: the filtered log takes the place of the one that the button was below. */
export function register(app: App, bot: Bot): void {
  app.view({ type: 'view_submission', callback_id: 'log-filter' }, async ({ ack, view, body, client }) => {
    const form = readFilter(view);
    if ('errors' in form) {
      const errors: ViewResponseAction = { response_action: 'errors', errors: form.errors };
      return ack(errors);
    }
    await acknowledge(bot, () => ack());
    const { request, channel, ts, threadTs } = form;
    const place = threadTs === undefined ? { channel } : { channel, threadTs };
    take(bot, {
      entry: 'modal',
      client,
      person: personOf(body),
      place: ts === undefined ? place : { channel, threadTs: threadTs ?? ts },
      whisperIn: place,
      prefix: '/ecs',
      read: () => request,
      onto: ts === undefined ? undefined : { ...place, ts },
    });
  });
}

const stateShape = z.object({
  c: z.string(),
  m: z.string().optional(),
  t: z.string().optional(),
  r: z.string(),
});

/** Slack hands private_metadata back as it is, and nobody can change it. At most 3,000 characters. */
function writeState(request: Request, source: Partial<Posted> | undefined): string {
  return JSON.stringify({
    c: source?.channel ?? '',
    m: source?.ts,
    t: source?.threadTs,
    r: encodeRequest(request),
  } satisfies z.infer<typeof stateShape>);
}

const formShape = z.object({
  filter: z.object({ filter: z.object({ value: z.string().nullish() }) }),
  container: z.object({
    container: z.object({ selected_option: z.object({ value: z.string() }).nullish() }),
  }),
  since: z.object({ since: z.object({ value: z.string().nullish() }) }),
  errors: z.object({ errors: z.object({ selected_options: z.array(z.unknown()).nullish() }) }),
});

type Form =
  | { request: Request; channel: string; ts: string | undefined; threadTs: string | undefined }
  | { errors: Record<string, string> };

export function readFilter(view: Pick<ViewOutput, 'state' | 'private_metadata'>): Form {
  const state = stateShape.safeParse(jsonOf(view.private_metadata)).data;
  const values = formShape.safeParse(view.state.values).data;
  const asked = decodeRequest(state?.r);
  if (!state || !values || !asked)
    return { errors: { filter: 'The form could not be read. Open it again.' } };
  const filter = filterIn(values.filter.filter.value ?? '');
  const span = (values.since.since.value ?? '').trim();
  const container = values.container.container.selected_option?.value ?? allContainers;
  const since = span === '' ? undefined : spanIn(span);
  const errors = {
    ...(filter.text.length > filterAtMost ? { filter: `At most ${filterAtMost} characters.` } : {}),
    ...(filter.fault === undefined ? {} : { filter: filter.fault }),
    ...(typeof since === 'string' ? { since } : {}),
  };
  if (Object.keys(errors).length > 0) return { errors };
  const { filter: _filter, since: _since, container: _container, errors: _errors, ...kept } = asked.options;
  const options: RequestOptions = {
    ...kept,
    ...(filter.text !== '' && { filter: filter.text }),
    ...(typeof since === 'number' && { since }),
    ...(container !== allContainers && { container }),
    ...((values.errors.errors.selected_options ?? []).length > 0 && { errors: true }),
  };
  const { c: channel, m: ts, t: threadTs } = state;
  return { request: { ...asked, options }, channel, ts, threadTs };
}

/** The text to search for, empty where none is wanted, and what is wrong with it. */
function filterIn(typed: string): { text: string; fault?: string } {
  if (typed.trim() === '') return { text: '' };
  try {
    return { text: readFilterText(typed) };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { text: '', fault: error.message };
  }
}

/** Milliseconds, or what is wrong with it. */
function spanIn(text: string): number | string {
  try {
    return readSince(text);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return 'A number with s, m, h or d, at most 30d: 2h.';
  }
}

/** `2h` for 7,200,000. */
function spanOf(ms: number): string {
  for (const [unit, size] of [
    ['d', 86_400_000],
    ['h', 3_600_000],
    ['m', 60_000],
  ] as const) {
    if (ms % size === 0) return `${ms / size}${unit}`;
  }
  return `${Math.max(1, Math.round(ms / 1_000))}s`;
}

function personOf({ user }: SlackViewAction) {
  return { id: user.id, name: user.name, ...inTeam(user.team_id) };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
