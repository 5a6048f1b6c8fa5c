import type { Incident } from '../incident.ts';
import { dovecoteFirelens } from './dovecote-firelens.ts';
import { glacierExpired } from './glacier-expired.ts';
import { hearthWroteNothing } from './hearth-wrote-nothing.ts';
import { parrotHostileLog } from './parrot-hostile-log.ts';
import { permafrostInfrequentAccess } from './permafrost-infrequent-access.ts';
import { pylonNoLogDriver } from './pylon-no-log-driver.ts';
import { tesseraStreamDenied } from './tessera-stream-denied.ts';
import { tollboothJsonTraces } from './tollbooth-json-traces.ts';

/** Logs that are elsewhere, gone, never begun, or hard to read. */
export const logs: readonly Incident[] = [
  dovecoteFirelens,
  glacierExpired,
  permafrostInfrequentAccess,
  hearthWroteNothing,
  tesseraStreamDenied,
  parrotHostileLog,
  pylonNoLogDriver,
  tollboothJsonTraces,
];
