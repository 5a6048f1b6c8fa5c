import { logGroup } from '../build/log.ts';
import { mergeWorlds } from '../build/merge.ts';
import { standing } from '../build/standing.ts';
import { before, days } from '../build/times.ts';
import type { Incident } from '../incident.ts';
import { busy, some } from './traffic.ts';

/** Logs as pino writes them: the type of an exception is a field, and levels are numbers. */
export const leviesJsonExceptions: Incident = {
  name: 'levies-json-exceptions',
  title: 'Three types of exceptions in a log of JSON lines, one of them far ahead',
  environment: 'staging',
  ask: 'insights levies staging --query exceptions',
  expected: { state: 'healthy', cause: null, status: 'confirmed' },
  world(now, place) {
    const world = standing(place, now, { service: 'levies', ago: days(3), desired: 2 });
    const ago = before(now);
    const thrown = [
      ['DeadlineExceeded', 'rates service did not answer in 2000 ms'],
      ['DeadlineExceeded', 'rates service did not answer in 2000 ms'],
      ['ValidationError', 'weight must be positive'],
      ['DeadlineExceeded', 'rates service did not answer in 2000 ms'],
      ['ConnectionRefused', 'connect ECONNREFUSED 10.20.4.11:6379'],
    ] as const;
    const streams = (world.tasks ?? []).map((task, number) =>
      busy(task, {
        from: ago(20),
        to: ago(0, 6),
        every: 5,
        line(index, at) {
          const beside = { time: at.getTime(), pid: 1, reqId: `r-${some(`${number} ${index}`, 1000, 9999)}` };
          const [type, message] = thrown[(index / 4) % thrown.length] ?? [];
          return type === undefined
            ? JSON.stringify({
                level: 30,
                ...beside,
                msg: 'levy served',
                statusCode: 200,
                responseTime: some(`${index}`, 8, 40),
              })
            : JSON.stringify({
                level: 50,
                ...beside,
                msg: `levy failed: ${message}`,
                err: { type, message },
              });
        },
      }),
    );
    return mergeWorlds([world, { logGroups: [logGroup('levies', streams)] }]);
  },
};
