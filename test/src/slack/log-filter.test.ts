import { describe, expect, it, test } from 'vitest';
import { logFilterModal } from '#blocks/log-filter-modal.ts';
import type { Request } from '#commands/command.ts';
import { encodePage } from '#diagnostics/log-page.ts';
import { validateView } from '#sandbox/slack/block-kit/validate.ts';
import { readFilter } from '#src/slack/log-filter.ts';
import { decodePressed, encodeRequest, requestOfMetadata, targetMetadata } from '#src/slack/state.ts';
import { reportActions } from '#src/slack/target.ts';

const request: Request = {
  command: 'logs',
  service: 'api',
  environment: 'prod',
  options: { cluster: 'prod', errors: true },
};

interface Values {
  filter?: string | null;
  container?: string;
  since?: string | null;
  errors?: boolean;
}

function sent({ filter = null, container = '*', since = null, errors = false }: Values, metadata?: string) {
  return readFilter({
    private_metadata: metadata ?? JSON.stringify({ c: 'C1', m: '1.2', t: '1.1', r: encodeRequest(request) }),
    state: {
      values: {
        filter: { filter: { type: 'plain_text_input', value: filter } },
        container: {
          container: {
            type: 'static_select',
            selected_option: { text: { type: 'plain_text', text: container }, value: container },
          },
        },
        since: { since: { type: 'plain_text_input', value: since } },
        errors: {
          errors: {
            type: 'checkboxes',
            selected_options: errors ? [{ text: { type: 'plain_text', text: 'x' }, value: 'errors' }] : [],
          },
        },
      },
    },
  } as never);
}

describe('the filter, sent off', () => {
  it.each<[Values, Request['options']]>([
    [{}, { cluster: 'prod' }],
    [
      { filter: '  timed out ', since: '2h', errors: true },
      { cluster: 'prod', filter: 'timed out', since: 7_200_000, errors: true },
    ],
    [{ container: 'app' }, { cluster: 'prod', container: 'app' }],
    [{ filter: '\u001b[31mfailed\u001b[0m\u0007' }, { cluster: 'prod', filter: 'failed' }],
    [{ filter: 'caf\ud83d \ud83d\ude00' }, { cluster: 'prod', filter: 'caf\ufffd \ud83d\ude00' }],
    [{ filter: '<!channel> <@U0ADA> "x\\' }, { cluster: 'prod', filter: '<!channel> <@U0ADA> "x\\' }],
  ])('%o asks for what it says, in the message that it came from', (values, options) => {
    expect(sent(values)).toEqual({
      request: { ...request, options },
      channel: 'C1',
      ts: '1.2',
      threadTs: '1.1',
    });
  });

  it.each<[Values, string]>([
    [{ since: 'soon' }, 'since'],
    [{ since: '31d' }, 'since'],
    [{ since: '0m' }, 'since'],
    [{ filter: 'a\nb' }, 'filter'],
    [{ filter: 'x'.repeat(201) }, 'filter'],
    [{ filter: '\u001b[31m' }, 'filter'],
    [{ filter: 'x'.repeat(65_536) }, 'filter'],
  ])('%o is refused at its field', (values, field) => {
    expect(sent(values)).toEqual({ errors: { [field]: expect.any(String) } });
  });

  it.each(['', '{}', '{"c":"C1","r":"foreign"}'])('a form of another version (%s) says so', (metadata) => {
    expect(sent({}, metadata)).toEqual({ errors: { filter: expect.stringContaining('Open it again') } });
  });
});

test('the form is one that Slack takes, with whatever containers and texts', () => {
  const containers = ['app', 'x'.repeat(200), ...Array.from({ length: 120 }, (_, index) => `c${index}`)];
  const view = logFilterModal({
    filter: 'y'.repeat(500),
    container: 'app',
    since: '2h',
    errors: true,
    containers,
    privateMetadata: '{}',
  });
  expect(validateView(view as never)).toEqual([]);
});

describe('a button of the logs', () => {
  const page = encodePage({
    direction: 'older',
    places: [{ task: 'a'.repeat(32), revision: 'api:42', container: 'app', at: 1_767_261_600_000, skip: 3 }],
  });
  const give = reportActions(
    { ...request, options: { ...request.options, follow: true, page, filter: 'x' } },
    ['logs'],
  );

  it.each([
    ['a page, of errors', { page, errors: true }, { page, errors: true }],
    ['all lines again', {}, {}],
    ['following', { follow: true }, { follow: true }],
  ])('says everything that is needed for %s, whoever answers it', (_what, view, options) => {
    const pressed = decodePressed(give.logs?.(view));
    expect(pressed).toEqual({
      request: { ...request, options: { cluster: 'prod', filter: 'x', ...options } },
      inPlace: true,
    });
  });

  it('brings the containers for the menu of the filter', () => {
    expect(decodePressed(give.logs?.({ containers: ['app', 'envoy'] }))?.containers).toEqual([
      'app',
      'envoy',
    ]);
  });

  it('leaves room for the largest page', () => {
    const places = Array.from({ length: 12 }, (_, index) => ({
      task: `${index % 4}${'f'.repeat(31)}`,
      revision: `a-service-with-a-long-name-${index % 4}:1234`,
      container: `container-with-a-name-${index}`,
      at: 1_767_261_600_000 + index * 977,
      skip: index,
    }));
    const value = give.logs?.({ page: encodePage({ direction: 'older', places }) }) ?? '';
    expect(value.length).toBeLessThanOrEqual(2_000);
    expect(decodePressed(value)?.request.options.page).toBe(encodePage({ direction: 'older', places }));
  });

  it('"Run again" goes to the newest lines, and a thread is about no page', () => {
    expect(decodePressed(give.request('logs'))?.request.options).toEqual({
      cluster: 'prod',
      errors: true,
      filter: 'x',
    });
    const kept = requestOfMetadata(
      targetMetadata({ ...request, options: { ...request.options, page, follow: true } }),
    );
    expect(kept?.options).toEqual({ cluster: 'prod' });
  });
});
