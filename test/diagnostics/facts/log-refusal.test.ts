import { expect, it } from 'vitest';
import { isAbsence, isRefusedFilter, readByInsights } from '#diagnostics/facts/log-refusal.ts';

const refusal = (name: string, message: string) => Object.assign(new Error(message), { name });

it.each([
  ['ResourceNotFoundException', 'The specified log stream does not exist.', true],
  [
    'InvalidOperationException',
    'GetLogEvents is not supported for log groups with the INFREQUENT_ACCESS log group class.',
    true,
  ],
  ['InvalidParameterException', 'This operation is not supported for log group class DELIVERY', true],
  [
    'InvalidParameterException',
    "Value '/ecs/delivery ' at 'logGroupName' failed to satisfy constraint: Member must satisfy regular expression pattern",
    false,
  ],
  ['AccessDeniedException', 'not authorized on log-group:/ecs/api INFREQUENT_ACCESS', false],
])('%s, “%s”, means that there is nothing to be read so: %s', (name, message, is) => {
  expect(isAbsence(refusal(name, message))).toBe(is);
});

it('the class is named as AWS names it', () => {
  expect(readByInsights('/x', refusal('InvalidOperationException', 'not for INFREQUENT_ACCESS'))).toContain(
    'of the class INFREQUENT_ACCESS',
  );
});

it.each([
  ['InvalidParameterException', 'Invalid filter pattern', true],
  ['InvalidParameterException', 'Invalid log stream name', false],
])('%s, “%s”, is about the text that was searched: %s', (name, message, is) => {
  expect(isRefusedFilter(refusal(name, message))).toBe(is);
});
