import type { ImageDetail, Repository } from '@aws-sdk/client-ecr';
import type { Task } from '@aws-sdk/client-ecs';
import type { SandboxRepository, World } from '#sandbox/aws/world.ts';
import type { Place } from '../incident.ts';
import { between, hex } from './seeded.ts';
import { digestOf } from './task.ts';

/** An image in ECR, by the parts of its address. */
interface Address {
  account: string;
  region: string;
  repository: string;
  tag?: string;
  digest?: string;
}

function addressOf(image: string): Address | undefined {
  const found =
    /^(?<account>\d{12})\.dkr[.-]ecr(?:-fips)?\.(?<region>[a-z0-9-]+)\.[a-z.]+\/(?<repository>[^:@]+)(?::(?<tag>[^@]+))?(?:@(?<digest>.+))?$/.exec(
      image,
    )?.groups;
  if (!found) return undefined;
  const { account = '', region = '', repository = '', tag, digest } = found;
  return { account, region, repository, ...(tag && { tag }), ...(digest && { digest }) };
}

/**
 * The world with every image of the account's own ECR that its task definitions name, under the digest that running
 * tasks report, unless an incident tells the repository itself, lists the image as missing, or lets AWS say that it was
 * not found.
 */
export function withImages(place: Place, world: World): World {
  const missing = [...(world.missing ?? []), ...calledMissing(world.tasks)];
  const named = new Map<string, Date>();
  for (const { containerDefinitions = [], registeredAt = new Date(0) } of world.taskDefinitions) {
    for (const { image = '' } of containerDefinitions) {
      const known = named.get(image);
      if (!known || registeredAt < known) named.set(image, registeredAt);
    }
  }
  const own = [...named].flatMap(([image, registeredAt]) => {
    const address = addressOf(image);
    return address?.account === place.account ? [{ image, address, registeredAt }] : [];
  });
  const inRegion = (region: string) => own.filter(({ address }) => address.region === region);
  const elsewhere = Object.entries(world.otherRegions ?? {}).map(([region, there]) => [
    region,
    { ...there, repositories: repositoriesOf(region, inRegion(region), there.repositories ?? [], missing) },
  ]);
  return {
    ...world,
    repositories: repositoriesOf(place.region, inRegion(place.region), world.repositories ?? [], missing),
    otherRegions: Object.fromEntries(elsewhere),
  };
}

/** A repository as ECR describes it. */
export function repositoryNamed({ account, region }: Place, name: string): Repository {
  return {
    repositoryArn: `arn:aws:ecr:${region}:${account}:repository/${name}`,
    registryId: account,
    repositoryName: name,
    repositoryUri: `${account}.dkr.ecr.${region}.amazonaws.com/${name}`,
    createdAt: new Date('2023-03-02T10:21:44.000Z'),
    imageTagMutability: 'MUTABLE',
  };
}

/** An image as ECR describes it, under the digest that tasks of this reference report. */
export function imageDetail(image: string, pushedAt: Date, more: Partial<ImageDetail> = {}): ImageDetail {
  const { tag, digest } = addressOf(image) ?? {};
  return {
    imageDigest: digest ?? digestOf(image),
    ...(tag && { imageTags: [tag] }),
    imageSizeInBytes: between(`${image} size`, 38_000_000, 410_000_000),
    imagePushedAt: pushedAt,
    ...more,
  };
}

/** A manifest of one platform with its configuration, as BatchGetImage and the layer's address answer. */
export function indexOf(platforms: readonly { architecture: string; os: string }[]): string {
  return JSON.stringify({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.index.v1+json',
    manifests: platforms.map((platform) => ({
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      digest: `sha256:${hex(JSON.stringify(platform), 64)}`,
      size: 1_612,
      platform,
    })),
  });
}

interface Named {
  image: string;
  address: Address;
  registeredAt: Date;
}

function repositoriesOf(
  region: string,
  named: readonly Named[],
  told: readonly SandboxRepository[],
  missing: readonly string[],
): SandboxRepository[] {
  const repositories = new Map<string, SandboxRepository>();
  const isTold = new Set(told.map(({ repository }) => repository.repositoryArn));
  for (const { image, address, registeredAt } of named) {
    const { account, repository: name } = address;
    const place = { account, region, environment: 'prod', cluster: '' } as const;
    const repository = repositoryNamed(place, name);
    const key = repository.repositoryArn ?? '';
    if (isTold.has(key) || missing.includes(repository.repositoryUri ?? '')) continue;
    const known = repositories.get(key) ?? { repository, images: [] };
    const detail = imageDetail(image, new Date(registeredAt.getTime() - 240_000));
    const uri = `${image.split('@')[0]?.replace(/:[^:/]*$/, '')}@${detail.imageDigest}`;
    const gone = missing.includes(image) || missing.includes(uri);
    repositories.set(key, gone ? known : { ...known, images: [...known.images, detail] });
  }
  return [...told, ...repositories.values()];
}

/** References that AWS's own texts call not found, as they stand there. */
function calledMissing(tasks: readonly Task[]): string[] {
  const texts = tasks.flatMap(({ stoppedReason = '', containers = [] }) => [
    stoppedReason,
    ...containers.flatMap(({ reason }) => reason ?? []),
  ]);
  return texts.flatMap((text) => /failed to resolve ref (\S+): \S+: not found/.exec(text)?.[1] ?? []);
}
