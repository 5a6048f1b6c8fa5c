import type { Incident } from '../incident.ts';
import { consoleExecReady } from './console-exec-ready.ts';
import { directoryExecLate } from './directory-exec-late.ts';
import { draftsExecReadOnly } from './drafts-exec-read-only.ts';
import { estimatesExecDenied } from './estimates-exec-denied.ts';
import { fixturesExecNoRole } from './fixtures-exec-no-role.ts';
import { glossaryExecTrust } from './glossary-exec-trust.ts';
import { habitsExecStaticKeys } from './habits-exec-static-keys.ts';
import { iconsExecProxy } from './icons-exec-proxy.ts';
import { jukeboxExecIsolated } from './jukebox-exec-isolated.ts';

/** Tasks that somebody wants to enter. */
export const sessions: readonly Incident[] = [
  consoleExecReady,
  directoryExecLate,
  draftsExecReadOnly,
  estimatesExecDenied,
  fixturesExecNoRole,
  glossaryExecTrust,
  habitsExecStaticKeys,
  iconsExecProxy,
  jukeboxExecIsolated,
];
