import { defineCheck, type Outcome } from '../check.ts';
import { changeClues } from '../facts/changes/change-clues.ts';
import { changeFindings } from './changes/change-findings.ts';

/** Which change between the tasks that run and those that fail is the reason of the failure. */
export const revisionChange = defineCheck({
  id: 'revision-change',
  question: 'which change explains it',
  needs: { changeClues },
  judge({ changeClues: clues }, context): Outcome {
    const { history, revisions, instances, values } = clues;
    const parts = [history, revisions, instances, ...values.map(({ state }) => state)];
    return {
      findings: changeFindings(clues, context),
      notChecked: parts.flatMap((part) => (part && !part.ok ? [part.notChecked] : [])),
    };
  },
});
