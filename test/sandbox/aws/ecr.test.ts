import { ECR } from '@aws-sdk/client-ecr';
import { afterAll, expect, it } from 'vitest';
import { startAwsEndpoint } from '#sandbox/aws/endpoint.ts';
import { sandboxAccounts } from '#sandbox/incidents/index.ts';

const now = new Date('2026-11-24T14:41:07.318Z');
const keys = { accessKeyId: 'AKIASANDBOXREADER000', secretAccessKey: 'sandbox-secret' };
const endpoint = await startAwsEndpoint({
  accounts: sandboxAccounts(now),
  baseCredentials: [{ ...keys, account: '333333333333', reads: true }],
});
afterAll(() => endpoint.close());
const ecr = new ECR({ region: 'eu-west-1', endpoint: endpoint.url, credentials: keys, maxAttempts: 1 });

it('tells what is not there by the name that ECR gives it', async () => {
  const repositoryName = 'geo';
  await expect(ecr.describeImages({ repositoryName: 'nowhere' })).rejects.toMatchObject({
    name: 'RepositoryNotFoundException',
  });
  await expect(
    ecr.describeImages({ repositoryName, imageIds: [{ imageTag: 'nowhen' }] }),
  ).rejects.toMatchObject({
    name: 'ImageNotFoundException',
  });
  await expect(ecr.getRepositoryPolicy({ repositoryName })).rejects.toMatchObject({
    name: 'RepositoryPolicyNotFoundException',
  });
  await expect(ecr.describeImages({ repositoryName, registryId: '444444444444' })).rejects.toMatchObject({
    name: 'AccessDeniedException',
  });
});

it('serves the configuration of an image at the address that it answers with', async () => {
  const { images = [] } = await ecr.batchGetImage({
    repositoryName: 'geo',
    imageIds: [{ imageTag: 'dev-mk-2' }],
  });
  const layerDigest = /"config":\{[^}]*"digest":"([^"]+)"/.exec(images[0]?.imageManifest ?? '')?.[1];
  const { downloadUrl = '' } = await ecr.getDownloadUrlForLayer({ repositoryName: 'geo', layerDigest });
  expect(await (await fetch(downloadUrl)).json()).toMatchObject({ architecture: 'arm64', os: 'linux' });
});
