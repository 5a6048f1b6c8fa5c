import { z } from 'zod';
import { defineFact, FactFailure } from '../../fact.ts';
import type { Repository } from '../../image/pulled.ts';

/** What an image was built for, in the words of its manifest: `amd64`, `arm64`. */
export interface Platform {
  architecture: string;
  os: string;
  osVersion?: string;
}

const platformSchema = z.object({
  architecture: z.string(),
  os: z.string(),
  'os.version': z.string().optional(),
});
const manifestSchema = z.object({
  manifests: z.array(z.object({ platform: platformSchema.optional() })).optional(),
  config: z.object({ digest: z.string() }).optional(),
});

const mediaTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
];

/**
 * The platforms of an image: of an index they stand in it, of a single manifest in its configuration. Undefined where
 * the image says nothing. ECR may count it as a pull, so it is asked for only where the platform is in question, and
 * never through a cache rule, which would fetch the image from elsewhere.
 */
export const imagePlatforms = defineFact<Platform[] | undefined, Repository & { digest: string }>({
  id: 'image-platforms',
  what: 'the platforms of the image',
  actions: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
  async load({ awsIn }, { account, region, name, digest }) {
    const { ecr } = awsIn(region);
    const place = { registryId: account, repositoryName: name };
    const answer = await ecr.batchGetImage({
      ...place,
      imageIds: [{ imageDigest: digest }],
      acceptedMediaTypes: mediaTypes,
    });
    const manifest = manifestSchema.safeParse(parsed(answer.images?.[0]?.imageManifest));
    if (!manifest.success) return undefined;
    const { manifests, config } = manifest.data;
    // Attestations lie in an index as if they were images, of a platform that nobody has.
    if (manifests)
      return manifests.flatMap(({ platform }) =>
        platform && platform.architecture !== 'unknown' ? [named(platform)] : [],
      );
    if (!config) return undefined;
    const { downloadUrl } = await ecr.getDownloadUrlForLayer({ ...place, layerDigest: config.digest });
    if (downloadUrl === undefined) return undefined;
    const blob = platformSchema.safeParse(parsed(await fetched(downloadUrl)));
    return blob.success ? [named(blob.data)] : undefined;
  },
});

function named({ architecture, os, 'os.version': osVersion }: z.infer<typeof platformSchema>): Platform {
  return { architecture, os, ...(osVersion && { osVersion }) };
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

/** An address that ECR signs for a short time; a configuration is a few kilobytes. @throws FactFailure */
async function fetched(url: string): Promise<string> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
    if (response.ok) return await response.text();
    throw new FactFailure(`The image's configuration could not be fetched: ${response.status}`, 'Failed');
  } catch (error) {
    if (error instanceof FactFailure) throw error;
    throw new FactFailure("The image's configuration could not be fetched", 'Unreachable');
  }
}
