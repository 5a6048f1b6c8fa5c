import { describe, expect, test } from 'vitest';
import { askLoadingModal, askModal, askRefusalModal } from '#blocks/ask-modal.ts';
import { fixFailedModal, fixLoadingModal, fixModal } from '#blocks/fix-modal.ts';
import { validateView } from '#sandbox/slack/block-kit/validate.ts';
import { finding, healthy, likely, outOfMemory, report } from './reports.ts';
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

describe('the fixes', () => {
  test('are a sentence, Terraform and commands, and nothing is executed', () => {
    const view = fixModal(outOfMemory);
    const shown = shownText(view);
    expect(shown).toContain('Nothing here is executed');
    expect(shown).toContain('Raise the memory of app in api to 1024 MiB again.');
    expect(shown).toContain('resource "aws_ecs_task_definition" "api" {\n  memory = 1024\n}');
    expect(shown).toContain('aws ecs update-service --cluster prod --service api --task-definition api:41');
    expect(validateView(view)).toEqual([]);
  });

  test('of the cause come first, and of what is not sure say so', () => {
    const fix = (summary: string) => ({ fix: { summary } });
    const given = report({
      findings: [
        finding('sidecar-exit', { status: 'likely', ...fix('second') }),
        finding('oom-container', fix('first')),
        finding('image-not-found', { status: 'ruled-out', ...fix('never') }),
      ],
    });
    const shown = shownText(fixModal(given));
    expect(shown.indexOf('first')).toBeLessThan(shown.indexOf('second'));
    expect(shown).toContain('likely: find out first');
    expect(shown).not.toContain('never');
  });

  test('that are cut say so where they end', () => {
    const cli = 'aws ecs describe-services '.repeat(400);
    const given = report({ findings: [finding('oom-container', { fix: { summary: 's', cli } })] });
    expect(shownText(fixModal(given))).toContain('# cut here for length');
  });

  test.each([
    ['nothing to fix', healthy],
    ['no fix known', likely],
  ])('with %s say that none is known', (_, given) => {
    expect(shownText(fixModal(given))).toBe('No fix is known for what was found.');
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
