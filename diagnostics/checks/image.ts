import { defineCheck, type Outcome } from '../check.ts';
import { judgedRevision } from '../facts/access/judged-revision.ts';
import { imageStates } from '../facts/image/image-states.ts';
import type { ImageQuestion } from '../image/question.ts';
import type { Images } from '../image-details.ts';
import type { Finding } from '../report.ts';
import { revisionOf } from '../words.ts';
import { couldNotTell, failureOf } from './could-not-tell.ts';
import { diskFindings } from './image/disk-findings.ts';
import { existenceFindings } from './image/existence-findings.ts';
import { platformFindings } from './image/fit-findings.ts';
import { imageAnswer, imageNotes, shownImage, unreadParts } from './image/image-answer.ts';
import { type Known, knownOf } from './image/known.ts';
import { rightFindings } from './image/right-findings.ts';

/** Whether the images of a revision are there, fit what they run on, and may be pulled by the role that pulls them. */
export const image = defineCheck({
  id: 'image',
  question: 'whether its images can be pulled',
  deepens: true,
  needs: { judgedRevision },
  wants: { imageStates },
  judge(facts, context): Outcome {
    const failed = failureOf([facts.imageStates]);
    if (failed) return { findings: [], answer: couldNotTell('whether its images can be pulled', failed) };
    if (!facts.imageStates?.ok) return { findings: [] };
    const { question, images } = facts.imageStates.value;
    const revision = facts.judgedRevision;
    const known = images.map((one) => knownOf(context, revision, question, one));
    const findings = known.flatMap((one) => [
      ...existenceFindings(one),
      ...rightFindings(one),
      ...platformFindings(one),
      ...diskFindings(one),
    ]);
    const next = nextOf(question, known, findings, context.scope.images === true);
    if (images.length === 0) return { findings, next };
    return {
      findings,
      next,
      details: {
        images: {
          revision: revisionOf(revision.definition.taskDefinitionArn),
          images: known.map(shownImage),
        } satisfies Images,
        notes: imageNotes(known),
      },
      answer: imageAnswer(known),
      notChecked: unreadParts(known),
    };
  },
});

/**
 * What is left to ask: each check costs as many calls again, so that only those follow which can still decide. AWS's own
 * words on why a pull failed outrank what its parts look like.
 */
function nextOf(
  { causes }: ImageQuestion,
  known: readonly Known[],
  findings: readonly Finding[],
  isAsked: boolean,
): string[] {
  const isPrivate = known.some(({ facts }) => facts.image.credentials !== undefined);
  const isUnclear = causes.includes('image-pull-failed-unclear');
  const isFound = findings.some(({ status }) => status === 'confirmed');
  return [
    ...(isAsked && (causes.length > 0 || findings.length > 0) ? ['stopped-tasks', 'service-state'] : []),
    // The secret with the password of a registry, and who may read it.
    ...(isPrivate && (isAsked || isUnclear || causes.includes('image-registry-auth')) ? ['iam'] : []),
    ...(isUnclear && !isFound ? ['network'] : []),
  ];
}
