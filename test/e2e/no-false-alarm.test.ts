import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { incidents, places, sandboxAccounts } from '#sandbox/incidents/index.ts';
import { openSandboxAws, type SandboxAws } from '#test/ask-sandbox.ts';

const now = new Date('2026-11-24T14:41:07.318Z');
const accounts = sandboxAccounts(now);
let sandbox: SandboxAws;
beforeAll(async () => {
  sandbox = await openSandboxAws({ now, accounts });
});
beforeEach(() => sandbox.restart());
afterAll(() => sandbox.close());

const healthy = incidents
  // Both ends of a connection are neighbours below, and what a query found is no verdict on the service.
  .filter(({ expected, ask }) => expected.state === 'healthy' && !/^(?:connect|insights) /.test(ask))
  .map(({ ask }) => subjectOf(ask));
const told = new Set(incidents.map(({ ask }) => subjectOf(ask)));

/** `api prod` of `logs api prod --errors`. */
function subjectOf(ask: string): string {
  const [words = ''] = ask.split(' --');
  return words.split(' ').slice(1).join(' ');
}

const services = new Set(
  accounts.flatMap(({ id, world }) => {
    const place = Object.values(places).find(({ account }) => account === id);
    return world.services.map(({ serviceName }) => `${serviceName} ${place?.environment}`);
  }),
);

/** Services of no incident: what else runs in the clusters. */
const neighbours = [...services].filter((subject) => !told.has(subject));

const quiet = [...new Set([...healthy, ...neighbours])];

describe('where nothing is wrong, nothing is called so', () => {
  it('holds for more than a handful', () => {
    expect(neighbours.length).toBeGreaterThanOrEqual(6);
    expect(quiet.length).toBeGreaterThanOrEqual(20);
  });

  it.each(quiet)('%s', async (subject) => {
    // A job has runs, and no status.
    for (const command of services.has(subject) ? ['why-stopped', 'status'] : ['why-stopped']) {
      const { verdict, findings, notChecked } = await sandbox.report(`${command} ${subject}`);
      expect(verdict, command).toMatchObject({ state: 'healthy', cause: null, chain: [] });
      const alarms = findings.filter(
        ({ status, severity }) => status !== 'ruled-out' && severity === 'error',
      );
      expect(alarms, command).toEqual([]);
      expect(notChecked, command).toEqual([]);
    }
  });
});
