import type { Incident } from '../incident.ts';
import { basketSettingRemoved } from './basket-setting-removed.ts';
import { bffHeapExhausted } from './bff-heap-exhausted.ts';
import { crawlerTaskMemory } from './crawler-task-memory.ts';
import { dispatcherSigterm } from './dispatcher-sigterm.ts';
import { feedsCommandNotFound } from './feeds-command-not-found.ts';
import { ingestExit255 } from './ingest-exit-255.ts';
import { invoicesNotExecutable } from './invoices-not-executable.ts';
import { matchingDatabaseRefused } from './matching-database-refused.ts';
import { pdfAbort } from './pdf-abort.ts';
import { seederCleanExit } from './seeder-clean-exit.ts';
import { simulatorKilled } from './simulator-killed.ts';
import { statementsNoCredentials } from './statements-no-credentials.ts';
import { stressWatchdog } from './stress-watchdog.ts';
import { transcodeDiskFull } from './transcode-disk-full.ts';

/** Tasks that ran and whose essential container ended by itself or was killed. */
export const ends: readonly Incident[] = [
  basketSettingRemoved,
  bffHeapExhausted,
  crawlerTaskMemory,
  dispatcherSigterm,
  feedsCommandNotFound,
  ingestExit255,
  invoicesNotExecutable,
  matchingDatabaseRefused,
  pdfAbort,
  seederCleanExit,
  simulatorKilled,
  statementsNoCredentials,
  stressWatchdog,
  transcodeDiskFull,
];
