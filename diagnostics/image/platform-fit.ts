import type { ContainerInstance, RuntimePlatform } from '@aws-sdk/client-ecs';
import type { Platform } from '../facts/image/platforms.ts';

/** What an image has to be built for. What is undefined is not known. */
export interface Wanted {
  os: string;
  architecture: string | undefined;
  /** Build number of Windows Server. */
  build: number | undefined;
}

/** `release`: of Windows. `unknown`: it fits or not, by something that nobody tells. */
export type Fit = 'fits' | 'architecture' | 'system' | 'release' | 'unknown';

/** Architectures as ECS and as manifests call them: of a task definition, and of an instance. */
export const architectures: Readonly<Record<string, string>> = {
  X86_64: 'amd64',
  ARM64: 'arm64',
  x86_64: 'amd64',
  arm64: 'arm64',
};

/** Builds of the releases that ECS knows. Source: Microsoft, "Windows Server release information". */
const builds: Readonly<Record<string, number>> = {
  '2016': 14_393,
  '2019': 17_763,
  '2004': 19_041,
  '20H2': 19_042,
  '2022': 20_348,
  '2025': 26_100,
};

/** Of `WINDOWS_SERVER_2019_CORE`, as operatingSystemFamily and the attribute ecs.os-family have it. */
function buildOfFamily(family: string | undefined): number | undefined {
  return builds[/^WINDOWS_SERVER_(?<release>\w+)_(?:CORE|FULL)$/.exec(family ?? '')?.groups?.release ?? ''];
}

/** `Windows Server 2019`, as people call a build. */
export function releaseOf(build: number): string {
  const known = Object.entries(builds).find(([, number]) => number === build);
  return known ? `Windows Server ${known[0]}` : `Windows build ${build}`;
}

/** `10.0.17763.5696`: the third part; what comes behind it are updates, which do not matter. */
export function buildOfVersion(version: string | undefined): number | undefined {
  const build = Number(/^10\.0\.(?<build>\d+)/.exec(version ?? '')?.groups?.build);
  return Number.isNaN(build) ? undefined : build;
}

/** Fargate takes X86_64 and LINUX where nothing is set; an instance is what it is, whatever is left out. */
export function wantedOfDefinition(
  { cpuArchitecture, operatingSystemFamily }: RuntimePlatform = {},
  isFargate: boolean,
): Wanted | undefined {
  if (cpuArchitecture === undefined && operatingSystemFamily === undefined && !isFargate) return undefined;
  return {
    os: operatingSystemFamily?.startsWith('WINDOWS') ? 'windows' : 'linux',
    architecture: architectures[cpuArchitecture ?? (isFargate ? 'X86_64' : '')],
    build: buildOfFamily(operatingSystemFamily),
  };
}

/** By the attributes that its agent registered; undefined where it told no system. */
export function wantedOfInstance({ attributes = [] }: ContainerInstance): Wanted | undefined {
  const attribute = (name: string) => attributes.find((one) => one.name === name)?.value;
  const os = attribute('ecs.os-type');
  if (os === undefined) return undefined;
  return {
    os,
    architecture: architectures[attribute('ecs.cpu-architecture') ?? ''],
    build: buildOfFamily(attribute('ecs.os-family')),
  };
}

/** Older kinds of the same processors: the first runs as it is, of the second not every machine runs it. */
const olderKinds: Readonly<Record<string, { name: string; fit: Fit }>> = {
  amd64: { name: '386', fit: 'fits' },
  arm64: { name: 'arm', fit: 'unknown' },
};

/** Whether one of the platforms of an image runs there. */
export function fitOf(built: readonly Platform[], wanted: Wanted): Fit {
  const ofSystem = built.filter(({ os }) => os === wanted.os);
  if (ofSystem.length === 0) return 'system';
  if (wanted.architecture === undefined) return 'unknown';
  const own = ofSystem.filter(({ architecture }) => architecture === wanted.architecture);
  if (own.length === 0) {
    const older = olderKinds[wanted.architecture];
    return ofSystem.some(({ architecture }) => architecture === older?.name)
      ? (older?.fit ?? 'architecture')
      : 'architecture';
  }
  if (wanted.os !== 'windows') return 'fits';
  const releases = own.map(({ osVersion }) => runsOn(wanted.build, buildOfVersion(osVersion)));
  return releases.includes('fits') ? 'fits' : releases.includes('unknown') ? 'unknown' : 'release';
}

/**
 * Windows containers share the kernel of their host, whose build they must have; from Windows Server 2022 on a host also
 * runs images from the long-term release before its own up to itself.
 * Source: Microsoft, "Windows container version compatibility", and hcsshim's osversion.CheckHostAndContainerCompat.
 */
function runsOn(host: number | undefined, image: number | undefined): Fit {
  if (host === undefined || image === undefined) return 'unknown';
  const since = host > 20_348 ? 20_348 : host;
  return since <= image && image <= host ? 'fits' : 'release';
}

/** `windows/amd64, Windows Server 2019`. */
export function wantedWords({ os, architecture, build }: Wanted): string {
  const name = `${os}/${architecture ?? '?'}`;
  return build === undefined ? name : `${name}, ${releaseOf(build)}`;
}
