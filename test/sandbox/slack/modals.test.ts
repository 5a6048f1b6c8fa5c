import { afterEach, describe, expect, test } from 'vitest';
import type { SlackWorkspace } from '#sandbox/slack/workspace.ts';
import { client, manifestWith, type Register, refusal, start, stopAll } from './harness.ts';

afterEach(stopAll);

const plain = (text: string) => ({ type: 'plain_text' as const, text });

const form = {
  type: 'modal' as const,
  callback_id: 'form',
  title: plain('Diagnose'),
  submit: plain('Run'),
  notify_on_close: true,
  blocks: [
    {
      type: 'input' as const,
      block_id: 'service',
      label: plain('Service'),
      element: { type: 'plain_text_input' as const, action_id: 'name' },
    },
    {
      type: 'actions' as const,
      block_id: 'tools',
      elements: [{ type: 'button' as const, action_id: 'help', text: plain('Help') }],
    },
  ],
};

const opening: Register = (app) => {
  app.shortcut('diagnose', async ({ ack, shortcut, client: web }) => {
    await ack();
    await web.views.open({ trigger_id: shortcut.trigger_id, view: form });
  });
};

async function opened(workspace: SlackWorkspace) {
  await workspace.shortcut({ user: 'ada', callback_id: 'diagnose' });
  return workspace.until(() => workspace.views('ada').at(-1));
}

const entered = (value: string) => ({ service: { name: { type: 'plain_text_input', value } } });

test('a modal opens for the person whose trigger it was', async () => {
  const { workspace } = await start(opening);
  const view = await opened(workspace);
  expect(view).toMatchObject({ type: 'modal', callback_id: 'form', root_view_id: view.id });
  expect(workspace.views('ben')).toEqual([]);
});

test('a required field stops the modal before the app hears of it', async () => {
  const { workspace } = await start(opening);
  const view = await opened(workspace);
  expect(await workspace.submit({ user: 'ada', view_id: view.id })).toEqual({
    ok: true,
    response_action: 'errors',
    errors: { service: 'Please complete this required field.' },
  });
  expect(workspace.frames).toHaveLength(1);
});

describe('the ack of a submission', () => {
  const answering =
    (response?: object): Register =>
    (app) => {
      opening(app);
      app.view('form', async ({ ack }) => (response ? ack(response as never) : ack()));
    };

  test('closes the modal when it is empty, and the state went along', async () => {
    const { workspace } = await start(answering());
    const view = await opened(workspace);
    expect(await workspace.submit({ user: 'ada', view_id: view.id, values: entered('api') })).toEqual({
      ok: true,
    });
    expect(workspace.views('ada')).toEqual([]);
    expect(workspace.frames[1]?.payload).toMatchObject({
      type: 'view_submission',
      view: { id: view.id, state: { values: entered('api') } },
    });
  });

  test('keeps it open with errors at their fields', async () => {
    const errors = { service: 'No such service.' };
    const { workspace } = await start(answering({ response_action: 'errors', errors }));
    const view = await opened(workspace);
    const outcome = await workspace.submit({ user: 'ada', view_id: view.id, values: entered('apj') });
    expect(outcome).toEqual({ ok: true, response_action: 'errors', errors });
    expect(workspace.views('ada')).toHaveLength(1);
  });

  test('replaces or covers the view', async () => {
    const next = { ...form, callback_id: 'next' };
    const { workspace } = await start(answering({ response_action: 'push', view: next }));
    const view = await opened(workspace);
    await workspace.submit({ user: 'ada', view_id: view.id, values: entered('api') });
    expect(workspace.views('ada')).toMatchObject([
      { id: view.id },
      { callback_id: 'next', root_view_id: view.id, previous_view_id: view.id },
    ]);
  });

  test.each([
    ['errors for a block that is no input', { response_action: 'errors', errors: { tools: 'no' } }],
    [
      'a view that breaks a limit',
      { response_action: 'update', view: { ...form, title: plain('x'.repeat(25)) } },
    ],
    ['an action that does not exist', { response_action: 'close' }],
  ])('is unexpected with %s', async (_what, response) => {
    const { workspace } = await start(answering(response));
    const view = await opened(workspace);
    const outcome = await workspace.submit({ user: 'ada', view_id: view.id, values: entered('api') });
    expect(outcome).toMatchObject({ ok: false });
    expect(workspace.unexpected).toMatchObject([{ code: 'invalid_ack' }]);
    expect(workspace.failures('ada')).toMatchObject([{ text: 'We had some trouble connecting. Try again?' }]);
  });
});

test('a button inside a modal may push another one, three deep at most', async () => {
  const answers: unknown[] = [];
  const { workspace } = await start((app) => {
    opening(app);
    app.action('help', async ({ ack, body, client: web }) => {
      await ack();
      if (body.type !== 'block_actions') return;
      const pushed = web.views.push({ trigger_id: body.trigger_id, view: form });
      answers.push(
        await pushed.then(
          () => 'pushed',
          (error: Error) => error.message,
        ),
      );
    });
  });
  await opened(workspace);
  for (const count of [1, 2, 3]) {
    const view_id = workspace.views('ada').at(-1)?.id ?? '';
    const container = { type: 'view' as const, view_id };
    await workspace.act({ user: 'ada', container, block_id: 'tools', action_id: 'help' });
    await workspace.until(
      () => workspace.calls.filter((call) => call.method === 'views.push' && call.response).length === count,
    );
  }
  expect(workspace.views('ada')).toHaveLength(3);
  expect(workspace.calls.at(-1)?.response).toMatchObject({ error: 'push_limit_reached' });
});

test('closing a modal tells an app that asked for it', async () => {
  const { workspace } = await start((app) => {
    opening(app);
    app.view({ callback_id: 'form', type: 'view_closed' }, async ({ ack }) => ack());
  });
  const view = await opened(workspace);
  await workspace.close({ user: 'ada', view_id: view.id });
  expect(workspace.views('ada')).toEqual([]);
  expect(workspace.frames.at(-1)?.payload).toMatchObject({ type: 'view_closed', view: { id: view.id } });
});

test('a view is updated only from the hash that it still has', async () => {
  const { workspace } = await start(opening);
  const view = await opened(workspace);
  const web = client(workspace);
  const { hash } = view;
  const first = await web.views.update({ view_id: view.id, hash, view: { ...form, callback_id: 'second' } });
  expect(first.view?.hash).not.toBe(hash);
  expect(await refusal(web.views.update({ view_id: view.id, hash, view: form }))).toMatchObject({
    error: 'hash_conflict',
  });
  expect(await refusal(web.views.update({ view_id: 'V0NONE', view: form }))).toMatchObject({
    error: 'not_found',
  });
});

describe('a trigger id', () => {
  async function trigger() {
    const { workspace } = await start((app) => app.shortcut('diagnose', async ({ ack }) => ack()));
    await workspace.shortcut({ user: 'ada', callback_id: 'diagnose' });
    const id = String(workspace.frames[0]?.payload.trigger_id);
    return { workspace, open: () => client(workspace).views.open({ trigger_id: id, view: form }) };
  }

  test('works once', async () => {
    const { open } = await trigger();
    await open();
    expect(await refusal(open())).toMatchObject({ error: 'exchanged_trigger_id' });
  });

  test('works for three seconds', async () => {
    const { workspace, open } = await trigger();
    workspace.advance(3001);
    expect(await refusal(open())).toMatchObject({ error: 'expired_trigger_id' });
  });

  test('must be one that Slack gave out', async () => {
    const { workspace } = await trigger();
    const call = client(workspace).views.open({ trigger_id: '1.2.3', view: form });
    expect(await refusal(call)).toMatchObject({ error: 'invalid_trigger_id' });
  });
});

test('a Home tab is published where the manifest turns it on', async () => {
  const home = { type: 'home' as const, blocks: [{ type: 'divider' as const }] };
  const off = await start(() => undefined);
  const refused = client(off.workspace).views.publish({ user_id: 'U0ADA', view: home });
  expect(await refusal(refused)).toMatchObject({ error: 'not_enabled' });

  const manifest = manifestWith({ home: true, events: ['app_home_opened'] });
  const { workspace } = await start(
    (app) => {
      app.event('app_home_opened', async ({ event, client: web }) => {
        await web.views.publish({ user_id: event.user, view: home });
      });
    },
    { manifest },
  );
  workspace.openHome({ user: 'ada' });
  expect(await workspace.until(() => workspace.home('ada'))).toMatchObject({ type: 'home' });
});
