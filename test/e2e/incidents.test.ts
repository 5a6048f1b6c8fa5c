import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { reportSchema } from '#diagnostics/report.ts';
import { incidents } from '#sandbox/incidents/index.ts';
import { openSandboxAws, type SandboxAws } from '#test/ask-sandbox.ts';
import { commandsIn, faultsOf, needsRegion } from '#test/diagnostics/causes/aws-cli.ts';

let sandbox: SandboxAws;
beforeAll(async () => {
  sandbox = await openSandboxAws();
});
// A session keeps to a quarter of AWS's rates, and would make so many questions wait.
beforeEach(() => sandbox.restart());
afterAll(() => sandbox.close());

describe('every incident gets its verdict through the whole engine', () => {
  it.each(incidents.map((incident) => [incident.name, incident] as const))(
    '%s',
    async (_, { ask, expected }) => {
      const report = await sandbox.report(ask);
      const { state, cause, status, chain } = report.verdict;
      expect({ state, cause, status }).toEqual({
        state: expected.state,
        cause: expected.cause,
        status: expected.status,
      });
      if (expected.chain) expect(chain).toEqual(expected.chain);
      expect(reportSchema.safeParse(report).error).toBeUndefined();
      expect(sandbox.endpoint.unexpected).toEqual([]);
    },
  );
});

describe('a report proves what it says', () => {
  it.each(incidents.map((incident) => [incident.name, incident.ask] as const))('%s', async (_, ask) => {
    const report = await sandbox.report(ask);
    for (const finding of report.findings) {
      expect(finding.evidence.length, `${finding.cause} has evidence`).toBeGreaterThan(0);
      for (const { api, field, value } of finding.evidence) {
        expect(api).toMatch(/^[a-z0-9-]+:[A-Z]\w+$/);
        expect(field).not.toBe('');
        expect(value).not.toBe('');
      }
      for (const text of [finding.fix?.cli, ...finding.evidence.map(({ cli }) => cli)])
        for (const command of commandsIn(text ?? '')) {
          expect(faultsOf(command)).toEqual([]);
          if (needsRegion(command)) expect(command).toContain('--region');
        }
    }
    if (report.verdict.chain.length > 0) expect(report.verdict.chain.at(-1)).toBe(report.verdict.cause);
  });
});
