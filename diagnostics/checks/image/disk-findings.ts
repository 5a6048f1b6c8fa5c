import { findingOf } from '../../findings.ts';
import { megabytes } from '../../image-words.ts';
import type { Finding } from '../../report.ts';
import { answer } from '../../rules/explanation.ts';
import { imageEvidence, type Known, nextDetail } from './known.ts';

const gib = 1024 ** 3;
/** Layers unpack to two or three times what ECR stores; which, no API tells. */
const unpacks = 2.5;

/** Whether the disk is too small for the image: never sure, since nobody tells the unpacked size. */
export function diskFindings(known: Known): Finding[] {
  const { revision, question, facts } = known;
  const bytes = nextDetail(facts)?.imageSizeInBytes;
  if (bytes === undefined || revision.compute !== 'fargate' || !question.causes.includes('image-disk-full'))
    return [];
  const room = revision.definition.ephemeralStorage?.sizeInGiB ?? 20;
  if (bytes * unpacks < room * gib) return [];
  const size = Math.min(200, Math.max(room + 1, Math.ceil((bytes * (unpacks + 1)) / gib)));
  return [
    findingOf(
      answer('image-disk-full', {
        status: 'likely',
        why: 'the image unpacked is about as large as the disk',
        decide: 'the unpacked size, which docker image inspect shows',
      }),
      known.names,
      {
        summary: `${facts.image.image} takes ${megabytes(bytes)} MB compressed and two to three times that unpacked; the task has ${room} GiB.`,
        evidence: [imageEvidence(known, 'imageDetails[0].imageSizeInBytes', String(bytes))],
        fix: {
          summary: `Give the task ${size} GiB of ephemeral storage, or make the image smaller.`,
          terraform: `ephemeral_storage {\n  size_in_gib = ${size}\n}`,
        },
      },
    ),
  ];
}
