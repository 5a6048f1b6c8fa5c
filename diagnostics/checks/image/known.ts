import type { ImageDetail } from '@aws-sdk/client-ecr';
import type { FixNames } from '../../causes/cause.ts';
import type { JudgeContext } from '../../check.ts';
import type { JudgedRevision } from '../../facts/access/judged-revision.ts';
import type { ImageFacts } from '../../facts/image/image-states.ts';
import type { ImageState } from '../../facts/image/repository.ts';
import type { Read } from '../../facts/read.ts';
import { namesFor } from '../../findings.ts';
import type { ImageQuestion } from '../../image/question.ts';
import type { Evidence } from '../../report.ts';

/** All that is known of one image, for a finding. */
export interface Known {
  context: JudgeContext;
  revision: JudgedRevision;
  question: ImageQuestion;
  facts: ImageFacts;
  names: FixNames;
}

export function knownOf(
  context: JudgeContext,
  revision: JudgedRevision,
  question: ImageQuestion,
  facts: ImageFacts,
): Known {
  const { definition, executionRoleArn } = revision;
  const { image, repository } = facts;
  return {
    context,
    revision,
    question,
    facts,
    names: {
      ...namesFor(context.target, { definition, container: image.container }),
      ...(repository && { repository: repository.name }),
      ...(executionRoleArn && { executionRoleArn }),
    },
  };
}

export function stateOf(read: Read<ImageState> | undefined): ImageState['state'] | undefined {
  return read?.ok ? read.value.state : undefined;
}

export function detailOf(read: Read<ImageState> | undefined): ImageDetail | undefined {
  return read?.ok && read.value.state === 'found' ? read.value.detail : undefined;
}

/** What the next task is started from, as far as ECR has it. */
export function nextDetail({ byTag, byDigest }: ImageFacts): ImageDetail | undefined {
  return detailOf(byDigest) ?? detailOf(byTag);
}

/** What tells of an image by hand, in its own account and region. */
export function imageEvidence(
  { facts }: Known,
  field: string,
  value: string,
  id?: string,
  at?: Date,
): Evidence {
  const { repository, image } = facts;
  const own = image.read.valid ? image.read : undefined;
  const wanted = id ?? (own?.digest ? `imageDigest=${own.digest}` : `imageTag=${own?.tag ?? 'latest'}`);
  return {
    api: 'ecr:DescribeImages',
    field,
    value,
    ...(at && { at: at.toISOString() }),
    cli: `aws ecr describe-images --registry-id ${repository?.account} --repository-name ${repository?.name} --image-ids ${wanted} --filter imageStatus=ANY --region ${repository?.region}`,
  };
}

/**
 * Which symptoms a finding is the reason of. Where the text has named the very cause, it is no reason but the same, and
 * the two are put together.
 */
export function reasonOf(
  { question }: Known,
  cause: string,
  symptoms: readonly string[],
): { reasonOf?: string[] } {
  return question.causes.includes(cause) ? {} : { reasonOf: [...symptoms] };
}

/** Symptoms of any image that cannot be pulled. */
export const unpulled = ['image-pull-failed-unclear', 'image-registry-auth', 'no-task-started', 'pull-slow'];
