import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { LIMITS } from './limits.ts';
import { anyText, chars, list, plainText } from './primitives.ts';

const described = { description: plainText(LIMITS.optionText).optional() };

/** An option of a select menu: plain text only. */
export const menuOption = z.strictObject({
  text: plainText(LIMITS.optionText),
  value: chars(LIMITS.optionValue),
  ...described,
});

/** An option of radio buttons and checkboxes: mrkdwn is allowed as well. */
export const choiceOption = z.strictObject({
  text: anyText(LIMITS.optionText),
  value: chars(LIMITS.optionValue),
  description: anyText(LIMITS.optionText).optional(),
});

/** An option of an overflow menu, the only kind that may be a link. */
export const overflowOption = z.strictObject({
  text: plainText(LIMITS.optionText),
  value: chars(LIMITS.optionValue),
  ...described,
  url: chars(LIMITS.url).optional(),
});

const optionGroup = z.strictObject({
  label: plainText(LIMITS.optionText),
  options: list(menuOption, LIMITS.options),
});

export const menuOptions = {
  options: list(menuOption, LIMITS.options).optional(),
  option_groups: list(optionGroup, LIMITS.options).optional(),
};

interface Menu {
  options?: readonly unknown[] | undefined;
  option_groups?: readonly { options: readonly unknown[] }[] | undefined;
  initial_option?: unknown;
  initial_options?: readonly unknown[] | undefined;
}

export function hasOneSourceOfOptions(menu: Menu): boolean {
  return (menu.options === undefined) !== (menu.option_groups === undefined);
}

/** Slack wants what is chosen at first to equal one of the options in every field. */
export function startsWithKnownOptions(menu: Menu): boolean {
  const known = [...(menu.options ?? []), ...(menu.option_groups ?? []).flatMap((group) => group.options)];
  const chosen = [...(menu.initial_options ?? []), menu.initial_option].filter(
    (option) => option !== undefined,
  );
  return chosen.every((option) => known.some((other) => isDeepStrictEqual(option, other)));
}

/** What an app may answer a block_suggestion with. An empty list of options means that nothing matches. */
export const suggestionAnswer = z
  .strictObject({
    options: list(menuOption, LIMITS.options, 0).optional(),
    option_groups: list(optionGroup, LIMITS.options, 0).optional(),
  })
  .refine(hasOneSourceOfOptions, { error: 'must provide either options or option_groups' });
