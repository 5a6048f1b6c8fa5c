import { findingOf } from '../../findings.ts';
import type { Finding } from '../../report.ts';
import { answer } from '../../rules/explanation.ts';
import { duration, listed } from '../../words.ts';
import { detailOf, imageEvidence, type Known, nextDetail, reasonOf, stateOf, unpulled } from './known.ts';

/** What is wrong with the image itself: the address, the repository, the tag, the digest that ECS asks for. */
export function existenceFindings(known: Known): Finding[] {
  const { facts } = known;
  if (!facts.image.read.valid) return invalidFindings(known, facts.image.read.why);
  const filled = facts.rule?.ok && facts.rule.value !== undefined;
  const states = [stateOf(facts.byTag), stateOf(facts.byDigest)];
  // What a cache rule fills does not have to be there.
  if (filled && (states.includes('no-repository') || states.includes('no-image'))) return [];
  if (states.includes('no-repository')) {
    // Whether there is a rule has to be known.
    if (facts.rule && !facts.rule.ok) return [];
    return [missingFinding(known, `no repository ${facts.repository?.name}`)];
  }
  if (stateOf(facts.byDigest) === 'no-image') return digestFindings(known);
  if (stateOf(facts.byTag) === 'no-image') {
    // Tasks that are to come are started from the digest, not from the tag.
    if (facts.pinned && stateOf(facts.byDigest) === 'found') return [];
    return [missingFinding(known, `no tag ${facts.image.read.tag} in ${facts.repository?.name}`)];
  }
  return stateFindings(known);
}

function invalidFindings(known: Known, why: string): Finding[] {
  const { image, running } = known.facts;
  if (running.length > 0) return [];
  return [
    findingOf(answer('image-reference-invalid', { why }), known.names, {
      ...reasonOf(known, 'image-reference-invalid', unpulled),
      subject: known.revision.definition.taskDefinitionArn,
      summary: `The image of ${image.container}, ${image.image || '(empty)'}, ${why}.`,
      evidence: [
        {
          api: 'ecs:DescribeTaskDefinition',
          field: `containerDefinitions[${image.container}].image`,
          value: image.image || '(empty)',
        },
      ],
    }),
  ];
}

function missingFinding(known: Known, what: string): Finding {
  const { facts, question } = known;
  const { repository, image, running } = facts;
  const since = running.length > 0 ? ' Tasks that run keep theirs; none can start any more.' : '';
  const { status, decide } = certaintyOf(known);
  return findingOf(answer('image-not-found', { status, why: `ECR has ${what}`, decide }), known.names, {
    ...reasonOf(known, 'image-not-found', unpulled),
    summary: `ECR in ${repository?.region}, account ${repository?.account}, has ${what}, which ${image.container} is started from.${since}`,
    ...(question.failedAt && { lastAt: question.failedAt.toISOString() }),
    evidence: [imageEvidence(known, 'imageDetails', what)],
  });
}

/** A cache rule brings what is not there, and those of another account show themselves to nobody. */
function certaintyOf({ facts: { repository, rule }, revision }: Known) {
  const foreign = repository?.account !== revision.home.account;
  if (!foreign && rule?.ok !== false) return { status: 'confirmed' as const };
  const where = foreign ? ` of account ${repository?.account}` : '';
  return { status: 'likely' as const, decide: `whether a pull-through cache rule${where} fills it` };
}

/** The digest is gone. With a tag of its own it was pinned by ECS; without one the task definition names it. */
function digestFindings(known: Known): Finding[] {
  const { facts } = known;
  const { image, digest = '', running, byTag, repository } = facts;
  const own = image.read.valid && image.read.digest !== undefined;
  if (own) return [missingFinding(known, `no digest ${short(digest)} in ${repository?.name}`)];
  const { status, decide } = certaintyOf(known);
  const now = detailOf(byTag);
  const tag = image.read.valid ? image.read.tag : undefined;
  // Without version consistency ECS asks for the tag, which is there.
  if (!facts.pinned && now) return [];
  const since = running.length > 0 ? ' Tasks that run keep it; none can start any more.' : '';
  const then = now
    ? `The tag ${tag} is there and now means ${short(now.imageDigest ?? '')}.`
    : `The tag ${tag} is gone, too.`;
  return [
    findingOf(
      answer('image-version-vanished', { status, why: `ECR no longer has ${short(digest)}`, decide }),
      known.names,
      {
        ...reasonOf(known, 'image-version-vanished', [...unpulled, 'image-not-found']),
        summary: `ECS asks for ${repository?.name}@${short(digest)}, to which it resolved ${tag} when it deployed, and ECR no longer has it. ${then}${since}`,
        evidence: [
          imageEvidence(known, 'imageDetails', `${digest} not found`, `imageDigest=${digest}`),
          ...(now
            ? [
                imageEvidence(
                  known,
                  'imageDetails[0].imageDigest',
                  `${tag} is ${now.imageDigest}`,
                  undefined,
                  now.imagePushedAt,
                ),
              ]
            : []),
        ],
      },
    ),
  ];
}

function stateFindings(known: Known): Finding[] {
  const detail = nextDetail(known.facts);
  if (!detail) return [];
  const { imageStatus, imageDigest = '', imagePushedAt, lastArchivedAt } = detail;
  if (imageStatus === 'ARCHIVED' || imageStatus === 'ACTIVATING') {
    const what = imageStatus === 'ARCHIVED' ? 'archived' : 'being restored from the archive';
    return [
      findingOf(
        answer('image-archived', { why: `imageStatus is ${imageStatus}` }),
        { ...known.names, resource: imageDigest },
        {
          ...reasonOf(known, 'image-archived', [...unpulled, 'image-not-found', 'image-version-vanished']),
          summary: `${known.facts.image.image} is ${what} in ECR, and cannot be pulled.`,
          evidence: [
            imageEvidence(known, 'imageDetails[0].imageStatus', imageStatus, undefined, lastArchivedAt),
          ],
        },
      ),
    ];
  }
  const { failedAt, causes } = known.question;
  const late = failedAt && imagePushedAt && imagePushedAt > failedAt;
  if (!late || !causes.some((cause) => cause === 'image-not-found' || cause === 'image-pull-failed-unclear'))
    return [];
  const gap = duration(imagePushedAt.getTime() - failedAt.getTime());
  const why = `imagePushedAt is ${gap} after the stop`;
  // Where AWS does not say that it was not found, the pull may have failed for another reason.
  const isSaid = causes.includes('image-not-found');
  const doubt = { status: 'likely', decide: 'whether the next task that asks for it starts' } as const;
  return [
    findingOf(answer('image-pushed-late', { why, ...(!isSaid && doubt) }), known.names, {
      reasonOf: ['image-not-found', ...unpulled],
      summary: `${known.facts.image.image} was pushed ${gap} after the last task that asked for it; the next one will find it.`,
      firstAt: imagePushedAt.toISOString(),
      evidence: [
        imageEvidence(
          known,
          'imageDetails[0].imagePushedAt',
          imagePushedAt.toISOString(),
          undefined,
          imagePushedAt,
        ),
      ],
    }),
  ];
}

function short(digest: string): string {
  return digest.length > 20 ? `${digest.slice(0, 19)}…` : digest;
}

/** Platforms as people write them: `linux/arm64`. */
export function platformNames(platforms: readonly { os: string; architecture: string }[]): string {
  return listed([...new Set(platforms.map(({ os, architecture }) => `${os}/${architecture}`))]);
}
