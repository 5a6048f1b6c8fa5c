import { describe, expect, it } from 'vitest';
import { consoleIn, globalConsole } from '#diagnostics/console-hosts.ts';

describe('the console', () => {
  it.each([
    ['us-east-1', 'https://us-east-1.console.aws.amazon.com'],
    ['ap-southeast-7', 'https://ap-southeast-7.console.aws.amazon.com'],
    ['mx-central-1', 'https://mx-central-1.console.aws.amazon.com'],
    ['cn-north-1', 'https://cn-north-1.console.amazonaws.cn'],
    ['us-gov-west-1', 'https://us-gov-west-1.console.amazonaws-us-gov.com'],
    ['us-iso-east-1', undefined],
    ['us-isob-east-1', undefined],
    ['eu-isoe-west-1', undefined],
    ['eusc-de-east-1', undefined],
    ['mars-1', undefined],
    ['us-east-1.example.org/', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('of region %j', (region, address) => {
    expect(consoleIn(region)).toBe(address);
  });

  it.each([
    ['aws', 'https://console.aws.amazon.com'],
    ['aws-cn', 'https://console.amazonaws.cn'],
    ['aws-us-gov', 'https://console.amazonaws-us-gov.com'],
    ['aws-iso', undefined],
    ['constructor', undefined],
  ])('of partition %s has an address without a region', (partition, address) => {
    expect(globalConsole(partition)).toBe(address);
  });
});
