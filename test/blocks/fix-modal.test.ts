import { describe, expect, test } from 'vitest';
import { fixFile, fixModal } from '#blocks/fix-modal.ts';
import { validateView } from '#sandbox/slack/block-kit/validate.ts';
import { finding, healthy, likely, outOfMemory, report } from './reports.ts';
import { labels, objects, shownText } from './shapes.ts';

const console =
  'https://us-east-1.console.aws.amazon.com/ecs/v2/task-definitions/api/42/containers?region=us-east-1';
const fix = {
  summary: 'Raise it.',
  terraform: 'memory = 1024',
  cli: 'aws ecs register-task-definition',
  policy: '{ "Effect": "Allow" }',
  console,
};
const whole = report({ findings: [finding('oom-container', { fix })] });

function links(view: { blocks: readonly unknown[] }): unknown[] {
  return objects(view.blocks).flatMap((item) => (item.type === 'link' ? [item.url] : []));
}

describe('the fixes', () => {
  test('are a sentence and code, and nothing is executed', () => {
    const shown = shownText(fixModal(outOfMemory));
    expect(shown.match(/Nothing here is executed/g)).toHaveLength(1);
    expect(shown).toContain('Raise the memory of app in api to 1024 MiB again.');
    expect(shown).toContain('resource "aws_ecs_task_definition" "api" {\n  memory = 1024\n}');
  });

  test.each([
    ['terraform', 'memory = 1024', 'aws ecs'],
    ['cli', 'aws ecs register-task-definition', 'memory = 1024'],
  ] as const)('show %s alone where that tab is chosen', (tab, shown, hidden) => {
    const view = fixModal(whole, { tab });
    expect(shownText(view)).toContain(shown);
    expect(shownText(view)).not.toContain(hidden);
    expect(links(view)).toEqual([]);
    expect(validateView(view)).toEqual([]);
  });

  test('show the way into the console, and into which account', () => {
    const view = fixModal(whole, { tab: 'console' });
    expect(links(view)).toEqual([console]);
    expect(shownText(view)).toContain('222222222222');
    expect(shownText(view)).not.toContain('memory = 1024');
    expect(validateView(view)).toEqual([]);
  });

  test('hold the IAM statement in every tab', () => {
    for (const tab of ['terraform', 'cli', 'console'] as const)
      expect(shownText(fixModal(whole, { tab }))).toContain('{ "Effect": "Allow" }');
  });

  test('mark the chosen tab by words', () => {
    expect(labels(fixModal(whole, { tab: 'cli' }))).toEqual(['Terraform', '✓ AWS CLI', 'Console']);
  });

  test('begin with the first tab that the cause has something in', () => {
    const given = report({ findings: [finding('oom-container', { fix: { summary: 's', cli: 'aws sts' } })] });
    const view = fixModal(given);
    expect(shownText(view)).toContain('aws sts');
    expect(labels(view)).toEqual([]);
  });

  test('say where else there is code, or that there is none', () => {
    const given = report({
      findings: [
        finding('oom-container', { fix: { summary: 'first', terraform: 'a = 1' } }),
        finding('sidecar-exit', { fix: { summary: 'second', cli: 'aws sts' } }),
        finding('exit-unknown', { fix: { summary: 'third' } }),
      ],
    });
    const shown = shownText(fixModal(given));
    expect(shown).toContain('No Terraform for this; AWS CLI has it.');
    expect(shown).toContain('No Terraform for this: the sentence above is all of it.');
  });

  test('leave out what a certain cause brings about', () => {
    const chain = ['tasks-stopping', 'oom-container'];
    const given = report({
      verdict: { ...whole.verdict, chain, status: 'confirmed' },
      findings: [
        finding('oom-container', { fix, reasonOf: ['exit-unknown'] }),
        finding('tasks-stopping', { fix: { summary: 'restart it' } }),
        finding('exit-unknown', { fix: { summary: 'look again' } }),
        finding('sidecar-exit', { fix: { summary: 'mend the sidecar' } }),
      ],
    });
    const shown = shownText(fixModal(given));
    expect(shown).not.toContain('restart it');
    expect(shown).not.toContain('look again');
    expect(shown).toContain('mend the sidecar');
  });

  test('of the cause come first, and of what is not sure say so', () => {
    const given = report({
      findings: [
        finding('sidecar-exit', { status: 'likely', fix: { summary: 'second' } }),
        finding('oom-container', { fix: { summary: 'first' } }),
        finding('image-not-found', { status: 'ruled-out', fix: { summary: 'never' } }),
      ],
    });
    const shown = shownText(fixModal(given));
    expect(shown.indexOf('first')).toBeLessThan(shown.indexOf('Also found'));
    expect(shown.indexOf('Also found')).toBeLessThan(shown.indexOf('second'));
    expect(shown).toContain('likely: find out first');
    expect(shown).not.toContain('never');
  });

  test.each([
    'https://console.aws.amazon.com.example.org/ecs',
    'http://console.aws.amazon.com/ecs',
    'javascript:alert(1)',
    'https://us-east-1.console.aws.amazon.com/ecs\nhttps://example.org',
  ])('lead nowhere but to a console of AWS: %j', (address) => {
    const given = report({
      findings: [finding('oom-container', { fix: { summary: 's', cli: 'aws sts', console: address } })],
    });
    expect(links(fixModal(given, { tab: 'console' }))).toEqual([]);
  });

  test('that are cut say so where they end, and offer the whole as a file', () => {
    const cli = 'aws ecs describe-services '.repeat(400);
    const given = report({ findings: [finding('oom-container', { fix: { summary: 's', cli } })] });
    const view = fixModal(given, { thread: true });
    expect(shownText(view)).toContain('# cut here for length');
    expect(labels(view)).toContain('Put the file into the thread');
    expect(fixFile(given)).toContain(cli.trim());
    expect(shownText(fixModal(given))).toContain('npx ecs-sleuth');
  });

  test.each([
    ['nothing to fix', healthy],
    ['no fix known', likely],
  ])('with %s say that none is known', (_, given) => {
    expect(shownText(fixModal(given))).toBe('No fix is known for what was found.');
  });
});
