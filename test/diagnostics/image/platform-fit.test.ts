import { describe, expect, it } from 'vitest';
import type { Platform } from '#diagnostics/facts/image/platforms.ts';
import { fitOf, wantedOfDefinition, wantedOfInstance, wantedWords } from '#diagnostics/image/platform-fit.ts';

/** `linux/arm64`, or `windows/amd64 10.0.17763.5696`. */
function platform(text: string): Platform {
  const [name = '', osVersion] = text.split(' ');
  const [os = '', architecture = ''] = name.split('/');
  return { os, architecture, ...(osVersion && { osVersion }) };
}

function instance(os: string, architecture?: string, family?: string) {
  return {
    attributes: [
      { name: 'ecs.os-type', value: os },
      ...(architecture ? [{ name: 'ecs.cpu-architecture', value: architecture }] : []),
      ...(family ? [{ name: 'ecs.os-family', value: family }] : []),
    ],
  };
}

describe('whether an image fits an instance', () => {
  const server = (release: string) => instance('windows', 'x86_64', `WINDOWS_SERVER_${release}_FULL`);
  const windows = (build: string) => [`windows/amd64 10.0.${build}`];
  it.each<[string[], ReturnType<typeof instance>, string]>([
    [['linux/amd64'], instance('linux', 'x86_64', 'LINUX'), 'fits'],
    [['linux/arm64'], instance('linux', 'arm64'), 'fits'],
    [['linux/arm64'], instance('linux', 'x86_64'), 'architecture'],
    [['linux/amd64'], instance('linux', 'arm64'), 'architecture'],
    [['linux/amd64', 'linux/arm64'], instance('linux', 'arm64'), 'fits'],
    [['linux/386'], instance('linux', 'x86_64'), 'fits'],
    [['linux/arm'], instance('linux', 'arm64'), 'unknown'],
    [['linux/arm'], instance('linux', 'x86_64'), 'architecture'],
    [['linux/amd64'], instance('linux'), 'unknown'],
    [['linux/amd64'], server('2022'), 'system'],
    [windows('17763.5696'), instance('linux', 'x86_64'), 'system'],
    [windows('17763.5696'), server('2019'), 'fits'],
    [windows('17763.1'), server('2019'), 'fits'],
    [windows('20348.2402'), server('2019'), 'release'],
    [windows('17763.5696'), server('2022'), 'release'],
    [windows('20348.2402'), server('2022'), 'fits'],
    [windows('26100.1742'), server('2022'), 'release'],
    [windows('20348.2402'), server('2025'), 'fits'],
    [windows('26100.1742'), server('2025'), 'fits'],
    [windows('17763.5696'), server('2025'), 'release'],
    [windows('14393.1'), server('2016'), 'fits'],
    [windows('19041.1'), server('20H2'), 'release'],
    [[...windows('17763.5696'), ...windows('20348.2402')], server('2019'), 'fits'],
    [[...windows('17763.5696'), 'windows/amd64'], server('2022'), 'unknown'],
    [['windows/amd64'], server('2022'), 'unknown'],
    [['windows/amd64 11.0.5'], server('2022'), 'unknown'],
    [windows('17763.5696'), server('2028'), 'unknown'],
    [windows('17763.5696'), instance('windows', 'x86_64'), 'unknown'],
  ])('%j on %j: %s', (built, host, fit) => {
    const wanted = wantedOfInstance(host);
    expect(wanted && fitOf(built.map(platform), wanted)).toBe(fit);
  });

  it('is not asked of one whose agent told no system', () => {
    expect(wantedOfInstance({ attributes: [] })).toBeUndefined();
  });
});

describe('what a task definition asks for', () => {
  it.each([
    [undefined, true, 'linux/amd64'],
    [{ cpuArchitecture: 'ARM64' as const }, true, 'linux/arm64'],
    [
      { operatingSystemFamily: 'WINDOWS_SERVER_2022_CORE' as const },
      true,
      'windows/amd64, Windows Server 2022',
    ],
    [undefined, false, undefined],
    [{ cpuArchitecture: 'X86_64' as const }, false, 'linux/amd64'],
    [{ operatingSystemFamily: 'LINUX' as const }, false, 'linux/?'],
  ])('%j, on Fargate: %s', (runtimePlatform, isFargate, words) => {
    const wanted = wantedOfDefinition(runtimePlatform, isFargate);
    expect(wanted && wantedWords(wanted)).toBe(words);
  });
});
