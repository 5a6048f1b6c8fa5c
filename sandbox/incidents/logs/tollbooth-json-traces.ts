import type { LogEvent } from '#sandbox/aws/world.ts';
import { hex } from '../build/seeded.ts';
import { before, hours } from '../build/times.ts';
import { withLogs } from '../build/with-logs.ts';
import type { Incident } from '../incident.ts';

/** JSON lines, of which one in ten is the same failure with another plate. */
export const tollboothJsonTraces: Incident = {
  name: 'tollbooth-json-traces',
  title: 'tollbooth serves, and repeats one stack trace in its JSON log',
  environment: 'staging',
  ask: 'logs tollbooth staging --errors',
  expected: { state: 'healthy', cause: null, status: 'confirmed' },
  world: (now, place) =>
    withLogs(place, now, {
      service: 'tollbooth',
      ago: hours(50),
      says: { app: () => ({ events: records(now) }) },
    }),
};

function records(now: Date): LogEvent[] {
  const ago = before(now);
  return Array.from({ length: 240 }, (_, index) => {
    const at = ago(40 - index / 6);
    const reqId = hex(`tollbooth ${index}`, 16);
    const common = { time: at.getTime(), pid: 1, hostname: 'ip-10-1-4-17', reqId };
    const record =
      index % 10 === 7
        ? {
            level: 50,
            ...common,
            msg: `plate ${reqId.slice(0, 7).toUpperCase()} not charged`,
            err: { type: 'TimeoutError', message: 'ledger did not answer in 3000 ms', stack },
          }
        : {
            level: index % 40 === 0 ? 40 : 30,
            ...common,
            msg:
              index % 40 === 0 ? 'camera 3 is slow' : `passage charged, 0 errors, ${120 + (index % 17)} ms`,
          };
    return { at, message: JSON.stringify(record) };
  });
}

const stack = [
  'TimeoutError: ledger did not answer in 3000 ms',
  '    at Ledger.charge (/app/src/ledger.js:88:11)',
  '    at async Booth.pass (/app/src/booth.js:41:5)',
].join('\n');
