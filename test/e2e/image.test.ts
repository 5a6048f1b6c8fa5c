import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { images } from '#sandbox/incidents/images/index.ts';
import { openSandboxAws, type SandboxAws } from '#test/ask-sandbox.ts';

let sandbox: SandboxAws;
beforeAll(async () => {
  sandbox = await openSandboxAws();
  return () => sandbox.close();
});
afterEach(() => {
  sandbox.endpoint.faults.clear();
  sandbox.restart();
});

function ofEcr(): string[] {
  return sandbox.endpoint.calls.filter(({ service }) => service === 'ecr').map(({ operation }) => operation);
}

describe('what is asked of AWS about images', () => {
  it.each(images.map(({ ask }) => ask))(
    '%s: nothing twice, 16 calls and five waves at most, more where an instance or a pinned digest is in question',
    async (ask) => {
      const { aws } = await sandbox.report(ask);
      const asked = sandbox.endpoint.calls.map(({ service, operation, input }) =>
        JSON.stringify([service, operation, input]),
      );
      expect(new Set(asked).size).toBe(asked.length);
      // The role of an instance is found by way of the instance and its profile.
      const isHosts = sandbox.endpoint.calls.some(({ operation }) => operation === 'GetInstanceProfile');
      // What a deployment was pinned to is asked where the digest that runs is gone.
      const isPinned = sandbox.endpoint.calls.some(
        ({ operation }) => operation === 'DescribeServiceRevisions',
      );
      expect(aws.waves).toBeLessThanOrEqual(isHosts ? 7 : isPinned ? 6 : 5);
      // The network is asked where neither the text nor the image says what is wrong.
      const isNetwork = sandbox.endpoint.calls.some(({ operation }) => operation === 'DescribeRouteTables');
      expect(aws.calls).toBeLessThanOrEqual(isNetwork ? 24 : 16);
    },
  );

  it('is two images where the text says that one was not found', async () => {
    await sandbox.report('why-stopped shipping prod');
    expect(ofEcr()).toEqual(['DescribeImages', 'DescribeImages']);
  });

  it('is nothing where tasks stop for another reason', async () => {
    await sandbox.report('why-stopped api prod');
    expect(ofEcr()).toEqual([]);
  });

  it('is the platform where somebody asks for it', async () => {
    const { details } = await sandbox.report('image geo staging --platform');
    expect(details.images?.images.map(({ platforms }) => platforms)).toEqual([['linux/arm64']]);
  });

  it('is never a manifest where nobody asks for the platform', async () => {
    await sandbox.report('image frontend prod');
    expect(ofEcr()).not.toContain('BatchGetImage');
  });
});

describe('a refused action costs only what depends on it, and is named', () => {
  it.each([
    ['image frontend prod', 'ecr:DescribeImages', 'unknown', null],
    ['image frontend prod', 'ecr:GetRepositoryPolicy', 'unknown', null],
    ['image frontend prod', 'iam:SimulatePrincipalPolicy', 'unknown', null],
    ['image heron prod', 'ecr:DescribePullThroughCacheRules', 'problem', 'image-not-found'],
    ['why-stopped geo staging', 'ecr:BatchGetImage', 'problem', 'image-arch-mismatch'],
    ['why-stopped geo staging', 'ecr:GetDownloadUrlForLayer', 'problem', 'image-arch-mismatch'],
  ])('%s without %s', async (ask, action, state, cause) => {
    sandbox.endpoint.faults.add(action, { kind: 'deny' });
    const { verdict, notChecked } = await sandbox.report(ask);
    expect(notChecked.map((entry) => entry.missing)).toContain(action);
    expect([verdict.state, verdict.cause]).toEqual([state, cause]);
  });
});

describe('what has to change is said with real names', () => {
  it('as the statement that the repository of another account lacks', async () => {
    const { findings } = await sandbox.report('why-stopped curlew prod');
    const fix = findings.find(({ cause }) => cause === 'image-ecr-repo-policy')?.fix;
    expect(fix?.policy).toContain('arn:aws:iam::222222222222:role/curlew-execution');
    expect(fix?.cli).toContain('--registry-id 444444444444 --repository-name birds/curlew');
  });

  it('as the one action that the role lacks', async () => {
    const { findings } = await sandbox.report('why-stopped bittern prod');
    const fix = findings.find(({ cause }) => cause === 'image-ecr-permission')?.fix;
    expect(fix?.policy).toContain('ecr:GetDownloadUrlForLayer');
    expect(fix?.policy).not.toContain('ecr:BatchGetImage');
  });
});
