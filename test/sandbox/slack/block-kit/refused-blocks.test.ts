import { describe, expect, test } from 'vitest';
import {
  actions,
  button,
  leaf,
  long,
  many,
  mrkdwn,
  option,
  plain,
  problemsOf,
  rich,
  section,
} from './builders.ts';

describe('a block that Slack refuses', () => {
  test.each<[string, object, string]>([
    ['an unknown type', { type: 'callout' }, '/blocks/0/type unsupported type: callout'],
    ['no type', {}, '/blocks/0 missing required field: type'],
    [
      'a field that does not exist',
      { type: 'divider', text: 'x' },
      '/blocks/0 invalid additional property: text',
    ],
    ['a missing field', { type: 'header' }, '/blocks/0 missing required field: text'],
    [
      'a section of 3001 characters',
      section({ text: mrkdwn(long(3001)) }),
      '/blocks/0/text/text must be less than 3001 characters',
    ],
    ['an empty text', section({ text: mrkdwn('') }), '/blocks/0/text/text must be more than 0 characters'],
    ['a section of nothing', section({}), '/blocks/0 must provide text or fields'],
    [
      'eleven fields',
      section({ fields: many(11, () => plain('x')) }),
      '/blocks/0/fields no more than 10 items allowed',
    ],
    [
      'a field of 2001 characters',
      section({ fields: [plain(long(2001))] }),
      '/blocks/0/fields/0/text must be less than 2001 characters',
    ],
    [
      'a header in mrkdwn',
      { type: 'header', text: mrkdwn('x') },
      '/blocks/0/text/type must be one of: plain_text',
    ],
    [
      'a header of 151 characters',
      { type: 'header', text: plain(long(151)) },
      '/blocks/0/text/text must be less than 151 characters',
    ],
    [
      'eleven context elements',
      { type: 'context', elements: many(11, () => plain('x')) },
      '/blocks/0/elements no more than 10 items allowed',
    ],
    [
      'a button in a context',
      { type: 'context', elements: [button()] },
      '/blocks/0/elements/0/type unsupported type: button',
    ],
    ['26 buttons', actions(...many(26, () => button())), '/blocks/0/elements no more than 25 items allowed'],
    ['no buttons', actions(), '/blocks/0/elements no fewer than 1 items allowed'],
    [
      'a button of 76 characters',
      actions(button({ text: plain(long(76)) })),
      '/blocks/0/elements/0/text/text must be less than 76 characters',
    ],
    [
      'a value of 2001 characters',
      actions(button({ value: long(2001) })),
      '/blocks/0/elements/0/value must be less than 2001 characters',
    ],
    [
      'a style that does not exist',
      actions(button({ style: 'default' })),
      '/blocks/0/elements/0/style must be one of: primary, danger',
    ],
    [
      'an action_id of 256 characters',
      actions(button({ action_id: long(256) })),
      '/blocks/0/elements/0/action_id must be less than 256 characters',
    ],
    [
      'an option value of 151 characters',
      actions({ type: 'static_select', options: [option(long(151), 'x')] }),
      '/blocks/0/elements/0/options/0/value must be less than 151 characters',
    ],
    [
      '101 options',
      actions({ type: 'static_select', options: many(101, (index) => option(`${index}`)) }),
      '/blocks/0/elements/0/options no more than 100 items allowed',
    ],
    [
      'options and groups at once',
      actions({
        type: 'static_select',
        options: [option('a')],
        option_groups: [{ label: plain('A'), options: [option('a')] }],
      }),
      '/blocks/0/elements/0 must provide either options or option_groups',
    ],
    [
      'an initial option that is none',
      actions({ type: 'static_select', options: [option('a')], initial_option: option('a', 'A') }),
      '/blocks/0/elements/0 initial options must match options exactly',
    ],
    [
      'six overflow options',
      actions({ type: 'overflow', options: many(6, (index) => option(`${index}`)) }),
      '/blocks/0/elements/0/options no more than 5 items allowed',
    ],
    [
      'a link in a select',
      actions({ type: 'static_select', options: [{ ...option('a'), url: 'https://x' }] }),
      '/blocks/0/elements/0/options/0 invalid additional property: url',
    ],
    [
      'a text field outside an input',
      actions({ type: 'plain_text_input' }),
      '/blocks/0/elements/0/type unsupported type: plain_text_input',
    ],
    [
      'a confirm title of 101 characters',
      actions(button({ confirm: { title: plain(long(101)), text: plain('x') } })),
      '/blocks/0/elements/0/confirm/title/text must be less than 101 characters',
    ],
    [
      'an image from nowhere',
      { type: 'image', alt_text: 'x' },
      '/blocks/0 must provide either image_url or slack_file',
    ],
    [
      'an image without words',
      { type: 'image', image_url: 'https://x' },
      '/blocks/0 missing required field: alt_text',
    ],
    [
      'an image file by id and url',
      { type: 'image', alt_text: 'x', slack_file: { id: 'F1', url: 'https://x' } },
      '/blocks/0/slack_file must provide either id or url',
    ],
    [
      'a mention in a preformatted text',
      rich({ type: 'rich_text_preformatted', elements: [{ type: 'user', user_id: 'U1' }] }),
      '/blocks/0/elements/0/elements/0/type unsupported type: user',
    ],
    [
      'an empty leaf',
      rich({ type: 'rich_text_section', elements: [leaf('')] }),
      '/blocks/0/elements/0/elements/0/text must be more than 0 characters',
    ],
  ])('is %s', (_what, block, problem) => {
    expect(problemsOf(block)).toEqual([problem]);
  });
});
