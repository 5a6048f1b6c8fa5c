import type { Known } from '#diagnostics/checks/image/known.ts';
import { knownOf } from '#diagnostics/checks/image/known.ts';
import type { ImageFacts } from '#diagnostics/facts/image/image-states.ts';
import type { ImageQuestion } from '#diagnostics/image/question.ts';
import { readImage } from '#diagnostics/image/reference.ts';
import { context, definition } from '../facts.ts';

export const executionRoleArn = 'arn:aws:iam::222222222222:role/api-execution';

interface Given {
  owner?: string;
  compute?: 'fargate' | 'instances';
  causes?: string[];
  facts?: Partial<ImageFacts>;
}

/** What the check knows of the image of api, with only what a case is about. */
export function known({
  owner = '222222222222',
  compute = 'fargate',
  causes = [],
  facts,
}: Given = {}): Known {
  const image = `${owner}.dkr.ecr.us-east-1.amazonaws.com/shop/api:1`;
  const question: ImageQuestion = { aspects: ['existence', 'rights'], causes, containers: [], digests: [] };
  const revision = {
    definition: definition(1, [{ name: 'app', image }]),
    home: { partition: 'aws', region: 'us-east-1', account: '222222222222' },
    executionRoleArn,
    compute,
    launch: compute === 'fargate' ? ('fargate' as const) : ('ec2' as const),
    current: true,
  };
  return knownOf(context, revision, question, {
    image: { container: 'app', image, read: readImage(image), versioned: true },
    repository: { account: owner, region: 'us-east-1', name: 'shop/api' },
    running: [],
    pulled: false,
    pinned: true,
    ...facts,
  });
}

export function read<Value>(value: Value): { ok: true; value: Value } {
  return { ok: true, value };
}
