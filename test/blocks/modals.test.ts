import { describe, expect, test } from 'vitest';
import { askLoadingModal, askModal, askRefusalModal } from '#blocks/ask-modal.ts';
import { fixFailedModal, fixLoadingModal } from '#blocks/fix-modal.ts';
import { validateView } from '#sandbox/slack/block-kit/validate.ts';
import { objects, shownText } from './shapes.ts';

const commands = ['why-stopped', 'status'];

describe('the form', () => {
  test('is filled in as far as the names are known', () => {
    const view = askModal({
      commands,
      environment: 'prod',
      service: 'api',
      command: 'status',
      privateMetadata: 'm',
    });
    const initial = objects(view.blocks).flatMap((item) =>
      objects(item.initial_option).flatMap(({ value }) => (typeof value === 'string' ? [value] : [])),
    );
    expect(initial).toEqual(['prod', 'api', 'status']);
    expect(view.private_metadata).toBe('m');
    expect(validateView(view)).toEqual([]);
  });

  test('asks for fields by names that the submission is read by', () => {
    const view = askModal({ commands });
    expect(view.blocks.map(({ block_id }) => block_id)).toEqual(['environment', 'service', 'command']);
    expect(validateView(view)).toEqual([]);
  });

  test('leaves a name out that an option cannot hold', () => {
    const view = askModal({ commands, service: 'x'.repeat(200) });
    expect(JSON.stringify(view)).not.toContain('xxx');
    expect(validateView(view)).toEqual([]);
  });

  test('says why it asks', () => {
    const view = askModal({ commands, notice: 'Two services match <api>.' });
    expect(shownText(view)).toContain('Two services match &lt;api&gt;.');
    expect(validateView(view)).toEqual([]);
  });
});

test.each([
  ['the form while a message is read', askLoadingModal()],
  ['the form that cannot be filled in', askRefusalModal('You may not look at prod from here.')],
  ['the fixes while the findings are read', fixLoadingModal()],
  ['the fixes that could not be read', fixFailedModal('')],
])('%s is a valid view', (_, view) => {
  expect(validateView(view)).toEqual([]);
});
