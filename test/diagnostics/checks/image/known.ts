import type { RuntimePlatform } from '@aws-sdk/client-ecs';
import type { Known } from '#diagnostics/checks/image/known.ts';
import { knownOf } from '#diagnostics/checks/image/known.ts';
import type { Launch } from '#diagnostics/facts/access/judged-revision.ts';
import type { ImageFacts } from '#diagnostics/facts/image/image-states.ts';
import { repositoryOf } from '#diagnostics/image/pulled.ts';
import type { ImageQuestion } from '#diagnostics/image/question.ts';
import { readImage } from '#diagnostics/image/reference.ts';
import { context, definition } from '../facts.ts';

export const executionRoleArn = 'arn:aws:iam::222222222222:role/api-execution';

interface Given {
  owner?: string;
  /** As the task definition has it; absent: a tag in the ECR of the owner. */
  image?: string;
  runtimePlatform?: RuntimePlatform;
  /** GiB of its disk. */
  disk?: number;
  failedAt?: Date;
  launch?: Launch;
  /** Whether the definition names no execution role. */
  bare?: boolean;
  causes?: string[];
  facts?: Partial<ImageFacts>;
}

/** What the check knows of the image of api, with only what a case is about. */
export function known({
  owner = '222222222222',
  launch = 'fargate',
  bare = false,
  causes = [],
  image = `${owner}.dkr.ecr.us-east-1.amazonaws.com/shop/api:1`,
  runtimePlatform,
  disk,
  failedAt,
  facts,
}: Given = {}): Known {
  const question: ImageQuestion = {
    aspects: ['existence', 'rights'],
    causes,
    containers: [],
    digests: [],
    ...(failedAt && { failedAt }),
  };
  const pulled = { container: 'app', image, read: readImage(image), versioned: true };
  const repository = repositoryOf(pulled);
  const revision = {
    definition: {
      ...definition(1, [{ name: 'app', image }]),
      ...(runtimePlatform && { runtimePlatform }),
      ...(disk !== undefined && { ephemeralStorage: { sizeInGiB: disk } }),
    },
    home: { partition: 'aws', region: 'us-east-1', account: '222222222222' },
    ...(!bare && { executionRoleArn }),
    compute: launch === 'fargate' ? ('fargate' as const) : ('instances' as const),
    launch,
    current: true,
  };
  return knownOf(context, revision, question, {
    image: pulled,
    ...(repository && { repository }),
    running: [],
    pulled: false,
    pinned: true,
    ...facts,
  });
}

export function read<Value>(value: Value): { ok: true; value: Value } {
  return { ok: true, value };
}
