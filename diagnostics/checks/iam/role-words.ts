import type { Right } from '../../access/right.ts';
import type { JudgedRevision } from '../../facts/access/judged-revision.ts';
import { roleArnOf } from '../../facts/access/right-readings.ts';

/** The role that a right is asked of, for the middle of a sentence. */
export function roleWords(revision: JudgedRevision, right: Pick<Right, 'role' | 'by'>): string {
  const arn = roleArnOf(revision, right);
  const name = arn?.split('/').at(-1);
  if (right.by) return `the role of its instances, ${name},`;
  if (arn !== undefined) return `the ${right.role} role ${name}`;
  return revision.compute === 'fargate' ? 'a task without a task role' : 'the role of its instances';
}
