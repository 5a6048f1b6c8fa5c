import type { ContainerInstance, RuntimePlatform } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { diskFindings } from '#diagnostics/checks/image/disk-findings.ts';
import { platformFindings } from '#diagnostics/checks/image/fit-findings.ts';
import { imageNotes } from '#diagnostics/checks/image/image-answer.ts';
import type { ImageHosts } from '#diagnostics/facts/image/image-hosts.ts';
import type { Platform } from '#diagnostics/facts/image/platforms.ts';
import { known, read } from './known.ts';

const digest = `sha256:${'b'.repeat(64)}`;
const there = read({ state: 'found' as const, detail: { imageDigest: digest } });
const amd: Platform = { os: 'linux', architecture: 'amd64' };
const arm: Platform = { os: 'linux', architecture: 'arm64' };
const windows = (osVersion?: string): Platform => ({
  os: 'windows',
  architecture: 'amd64',
  ...(osVersion && { osVersion }),
});

function machine(text: string): ContainerInstance {
  const [os, architecture, family] = text.split(' ');
  return {
    containerInstanceArn: `arn:aws:ecs:us-east-1:222222222222:container-instance/prod/${architecture}`,
    attributes: [
      { name: 'ecs.os-type', value: os },
      { name: 'ecs.cpu-architecture', value: architecture },
      ...(family ? [{ name: 'ecs.os-family', value: family }] : []),
    ],
  };
}

interface Given {
  built: Platform[];
  on?: string[];
  from?: ImageHosts['from'];
  complete?: boolean;
  definition?: RuntimePlatform;
  fargate?: boolean;
  running?: boolean;
  causes?: string[];
}

function given({ built, on = [], from = 'tasks', complete = true, definition, fargate, ...rest }: Given) {
  return known({
    launch: fargate ? 'fargate' : 'ec2',
    ...(definition && { runtimePlatform: definition }),
    causes: rest.causes ?? [],
    facts: {
      byTag: there,
      platforms: read(built),
      running: rest.running ? [digest] : [],
      ...(!fargate && { machines: read({ instances: on.map(machine), from, complete }) }),
    },
  });
}

describe('an image and what it runs on', () => {
  const x86 = 'linux x86_64 LINUX';
  const graviton = 'linux arm64 LINUX';
  const core2022 = { operatingSystemFamily: 'WINDOWS_SERVER_2022_CORE' as const };
  it.each<[string, Given, [cause: string, status: string, words: RegExp] | undefined]>([
    ['Fargate as it is', { built: [amd], fargate: true }, undefined],
    [
      'Fargate, for ARM',
      { built: [arm], fargate: true },
      ['image-arch-mismatch', 'confirmed', /built for linux\/arm64, and the task runs on linux\/amd64/],
    ],
    [
      'Fargate, for both',
      { built: [amd, arm], fargate: true, definition: { cpuArchitecture: 'ARM64' } },
      undefined,
    ],
    [
      'Fargate for Windows',
      { built: [windows('10.0.20348.2402')], fargate: true, definition: core2022 },
      undefined,
    ],
    [
      'Fargate for another Windows',
      { built: [windows('10.0.17763.5696')], fargate: true, definition: core2022 },
      ['image-os-mismatch', 'confirmed', /windows\/amd64 10\.0\.17763\.5696, and the task runs on .*2022/],
    ],
    [
      'Fargate, and a manifest without a version',
      { built: [windows()], fargate: true, definition: core2022 },
      ['image-os-mismatch', 'open', /windows\/amd64/],
    ],
    [
      'Fargate, and such a manifest, of which tasks run',
      { built: [windows()], fargate: true, definition: core2022, running: true },
      undefined,
    ],
    ['instances that fit', { built: [amd], on: [x86, x86] }, undefined],
    [
      'instances that do not',
      { built: [arm], on: [x86, x86] },
      ['image-arch-mismatch', 'confirmed', /all 2 instances that its tasks were placed on are linux\/amd64/],
    ],
    [
      'one instance of two that does not',
      { built: [arm], on: [graviton, x86] },
      ['image-arch-mismatch', 'confirmed', /1 of 2 instances that its tasks were placed on is linux\/amd64/],
    ],
    [
      'instances that could take its tasks, none of which fits',
      { built: [arm], on: [x86, x86], from: 'cluster' },
      ['image-arch-mismatch', 'likely', /the cluster has for it are linux\/amd64/],
    ],
    [
      'instances that could, of which one fits',
      { built: [arm], on: [x86, graviton], from: 'cluster' },
      ['image-arch-mismatch', 'open', /1 of 2 instances that the cluster has for it/],
    ],
    [
      'instances that could, not all of which were looked at',
      { built: [arm], on: [x86], from: 'cluster', complete: false },
      ['image-arch-mismatch', 'open', /the instance that the cluster has for it/],
    ],
    [
      'an instance of another system',
      { built: [windows('10.0.17763.1')], on: [x86] },
      ['image-os-mismatch', 'confirmed', /linux\/amd64/],
    ],
    [
      'an instance of another Windows',
      { built: [windows('10.0.20348.1')], on: ['windows x86_64 WINDOWS_SERVER_2019_FULL'] },
      ['image-os-mismatch', 'confirmed', /is windows\/amd64, Windows Server 2019/],
    ],
    [
      'an instance of a newer Windows that runs it',
      { built: [windows('10.0.20348.1')], on: ['windows x86_64 WINDOWS_SERVER_2025_FULL'] },
      undefined,
    ],
    [
      'an instance whose Windows nobody tells',
      { built: [windows('10.0.20348.1')], on: ['windows x86_64'] },
      ['image-os-mismatch', 'open', /windows\/amd64/],
    ],
    [
      'an older ARM, which not every machine runs',
      { built: [{ os: 'linux', architecture: 'arm' }], on: [graviton] },
      ['image-arch-mismatch', 'open', /linux\/arm,/],
    ],
    [
      'an instance on which tasks of it run all the same',
      { built: [arm], on: [x86], running: true },
      ['image-arch-mismatch', 'open', /linux/],
    ],
    [
      'such an instance, where a log says that it cannot',
      { built: [arm], on: [x86], running: true, causes: ['image-arch-mismatch'] },
      ['image-arch-mismatch', 'confirmed', /linux/],
    ],
    ['no instance, and nothing that is asked for', { built: [arm] }, undefined],
    [
      'no instance, and a processor that is asked for',
      { built: [arm], definition: { cpuArchitecture: 'X86_64' } },
      ['image-arch-mismatch', 'confirmed', /the task runs on linux\/amd64/],
    ],
    ['an image that says nothing', { built: [], on: [x86] }, undefined],
  ])('%s', (_, of, expected) => {
    const found = platformFindings(given(of));
    expect(found.map(({ cause, status }) => [cause, status])).toEqual(expected ? [expected.slice(0, 2)] : []);
    if (!expected) return;
    expect(found[0]?.summary).toMatch(expected[2]);
    expect(found[0]?.open !== undefined).toBe(expected[1] !== 'confirmed');
  });

  it('says that nobody knows what it gets where no instance could be found', () => {
    expect(imageNotes([given({ built: [arm] })]).join(' ')).toMatch(/no instance of it could be found/);
    expect(imageNotes([given({ built: [arm], on: [x86] })])).toEqual([]);
  });

  const cpuIn = (text?: string) => /cpu_architecture += "(\w+)"/.exec(text ?? '')?.[1];
  it.each<[string, Given, string | undefined, RegExp]>([
    ['the one that it is built for', { built: [arm], on: [x86] }, 'ARM64', /cpuArchitecture .* to ARM64/],
    [
      'that of its own system alone',
      { built: [windows(), arm], on: [x86] },
      'ARM64',
      /cpuArchitecture .* to ARM64/,
    ],
    [
      'none, where it is built for none that ECS knows',
      { built: [{ os: 'linux', architecture: 's390x' }], on: [x86] },
      undefined,
      /^Build .* for linux\/amd64\.$/,
    ],
    [
      'none, where nobody tells the processor',
      { built: [arm], on: ['linux'] },
      undefined,
      /^Build .* for both linux\/amd64 and linux\/arm64\.$/,
    ],
  ])('is told to ask for another processor: %s', (_, of, cpu, words) => {
    const [found] = platformFindings(given(of));
    expect(found?.cause).toBe('image-arch-mismatch');
    expect(cpuIn(found?.fix?.terraform)).toBe(cpu);
    expect(found?.fix?.summary).toMatch(words);
    expect(found?.fix?.cli).toMatch(/--platform linux\/amd64,linux\/arm64 /);
  });

  it('gets no command that builds a Windows image for Linux, and no Linux family', () => {
    const [found] = platformFindings(given({ built: [windows()], fargate: true }));
    expect(found?.cause).toBe('image-os-mismatch');
    expect(found?.fix?.cli).toBeUndefined();
    expect(found?.fix?.terraform).toBeUndefined();
  });
});

describe('an image and the disk of its task', () => {
  const gib = 1024 ** 3;
  it.each<[string, Parameters<typeof known>[0], number, string | undefined]>([
    ['likely too large unpacked for the 20 GiB that nobody set', {}, 9 * gib, 'size_in_gib = 32'],
    ['no larger than what it has', {}, 7 * gib, undefined],
    ['likely too large for what was set', { disk: 30 }, 13 * gib, 'size_in_gib = 46'],
    ['no fault where more was set', { disk: 60 }, 9 * gib, undefined],
    ['no fault where no text speaks of the disk', { causes: [] }, 9 * gib, undefined],
    ['no fault on an instance, whose disk nobody knows', { launch: 'ec2' }, 9 * gib, undefined],
  ])('%s', (_, of, imageSizeInBytes, terraform) => {
    const byTag = read({ state: 'found' as const, detail: { imageDigest: digest, imageSizeInBytes } });
    const found = diskFindings(known({ causes: ['image-disk-full'], ...of, facts: { byTag } }));
    expect(found.map(({ status }) => status)).toEqual(terraform ? ['likely'] : []);
    if (terraform) expect(found[0]?.fix?.terraform).toContain(terraform);
  });
});
