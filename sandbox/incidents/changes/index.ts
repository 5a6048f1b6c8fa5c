import type { Incident } from '../incident.ts';
import { coursesGroupsSwapped } from './courses-groups-swapped.ts';
import { emblemTagMoved } from './emblem-tag-moved.ts';
import { latheNewAmi } from './lathe-new-ami.ts';
import { ledgersSecretRotated } from './ledgers-secret-rotated.ts';
import { prefsVariableRemoved } from './prefs-variable-removed.ts';
import { quillNothingChanged } from './quill-nothing-changed.ts';
import { raffleUnrelatedChange } from './raffle-unrelated-change.ts';
import { surveyFailedBefore } from './survey-failed-before.ts';

/** Failures that a change explains, those that only came after one, and nothing at all. */
export const changes: readonly Incident[] = [
  prefsVariableRemoved,
  emblemTagMoved,
  ledgersSecretRotated,
  coursesGroupsSwapped,
  raffleUnrelatedChange,
  surveyFailedBefore,
  quillNothingChanged,
  latheNewAmi,
];
