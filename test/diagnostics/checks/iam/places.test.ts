import { describe, expect, it } from 'vitest';
import { placeFindings } from '#diagnostics/checks/iam/place-findings.ts';
import type { NeededPlaces } from '#diagnostics/facts/access/needed-places.ts';
import { known, read } from './known.ts';

const subnets = ['a', 'b', 'c'].map((letter) => ({
  id: `subnet-${letter}`,
  zone: `us-east-1${letter}`,
  zoneId: `use1-az${letter}`,
  vpc: 'vpc-1',
}));
const target = (letter: string, more: object = {}) => ({
  MountTargetId: `fsmt-${letter}`,
  FileSystemId: 'fs-1',
  SubnetId: `subnet-${letter}`,
  AvailabilityZoneName: `us-east-1${letter}`,
  LifeCycleState: 'available' as const,
  VpcId: 'vpc-1',
  ...more,
});
const volume = (targets: ReturnType<typeof target>[] | undefined, more: object = {}) => ({
  groups: [],
  volumes: [{ volume: 'data', fileSystem: 'fs-1', mountTargets: read(targets), ...more }],
  subnets,
});

function findings(places: NeededPlaces, runs: { minutes: number; zone?: string }[] = []) {
  return placeFindings(known({ places, runs })).map(({ cause, status, severity }) => [
    cause,
    status,
    severity,
  ]);
}

const all = [target('a'), target('b'), target('c')];
const point = (more: object = {}) => ({
  accessPoint: read({
    AccessPointId: 'fsap-1',
    FileSystemId: 'fs-1',
    LifeCycleState: 'available' as const,
    ...more,
  }),
});

describe('a file system', () => {
  it.each([
    ['with a target in every zone', volume(all), []],
    [
      'with targets known by the zone’s id alone',
      volume(
        subnets.map(({ zoneId }) =>
          target('x', { AvailabilityZoneName: undefined, AvailabilityZoneId: zoneId }),
        ),
      ),
      [],
    ],
    [
      'with a zone that has none',
      volume([target('a'), target('b')]),
      [['efs-dns-unresolved', 'confirmed', 'error']],
    ],
    [
      'whose target is being deleted',
      volume([target('a'), target('b'), target('c', { LifeCycleState: 'deleting' })]),
      [['efs-dns-unresolved', 'confirmed', 'error']],
    ],
    [
      'of another network',
      volume([target('f', { VpcId: 'vpc-2' })]),
      [['efs-dns-unresolved', 'open', 'error']],
    ],
    ['that does not exist', volume(undefined), [['efs-not-found', 'confirmed', 'error']]],
    ['through its access point', volume(all, point()), []],
    [
      'through an access point that is gone',
      volume(all, { accessPoint: read(undefined) }),
      [['efs-access-point-missing', 'confirmed', 'error']],
    ],
    [
      'through an access point of another',
      volume(all, point({ FileSystemId: 'fs-2' })),
      [['efs-access-point-missing', 'confirmed', 'error']],
    ],
    [
      'through an access point that is being deleted',
      volume(all, point({ LifeCycleState: 'deleting' })),
      [['efs-access-point-missing', 'confirmed', 'error']],
    ],
  ])('%s', (_, places, expected) => {
    expect(findings(places)).toEqual(expected);
  });

  it('is no fault in a zone where a task of the revision runs with it', () => {
    expect(findings(volume([target('a'), target('b')]), [{ minutes: 60, zone: 'us-east-1c' }])).toEqual([]);
  });

  it('whose targets could not be read is not judged', () => {
    const notChecked = {
      check: 'x',
      missing: 'elasticfilesystem:DescribeMountTargets',
      reason: 'AccessDenied',
    };
    const places = {
      groups: [],
      volumes: [{ volume: 'data', fileSystem: 'fs-1', mountTargets: { ok: false as const, notChecked } }],
      subnets,
    };
    expect(findings(places)).toEqual([]);
  });
});

describe('a log group', () => {
  const group = (more: object) => ({
    groups: [
      {
        name: '/ecs/api',
        region: 'us-east-1',
        creates: false,
        role: 'execution' as const,
        streamPrefix: 'ecs/app/',
        containers: ['app'],
        exists: read(true),
        ...more,
      },
    ],
    volumes: [],
    subnets: [],
  });
  it.each([
    ['that is there', {}, []],
    ['that is not', { exists: read(false) }, [['logs-group-missing', 'confirmed', 'error']]],
    ['that the driver makes itself', { exists: read(false), creates: true }, []],
    [
      'of the log router, whose lines are lost',
      { exists: read(false), role: 'task' },
      [['logs-group-missing', 'confirmed', 'warn']],
    ],
  ])('%s', (_, more, expected) => {
    expect(findings(group(more))).toEqual(expected);
  });
});
