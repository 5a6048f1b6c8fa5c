import { describe, expect, it } from 'vitest';
import type { DeploymentState, Report } from '#diagnostics/report.ts';
import { createFollowLine } from '#src/terminal/follow.ts';

function report(deployment: Partial<DeploymentState>, verdict: Partial<Report['verdict']> = {}): Report {
  return {
    schema: 1,
    command: 'deployment',
    asOf: '2026-03-01T12:00:00.000Z',
    target: { environment: 'prod', account: '222222222222', region: 'us-east-1', service: 'api' },
    verdict: {
      state: 'healthy',
      cause: null,
      status: 'confirmed',
      headline: 'api in prod: …',
      chain: [],
      ...verdict,
    },
    findings: [],
    notChecked: [],
    aws: { calls: 0, waves: 0, ms: 0 },
    details: {
      deployment: {
        revision: 'api:42',
        controller: 'ECS',
        status: 'IN_PROGRESS',
        ended: false,
        running: 0,
        pending: 0,
        desired: 2,
        says: [],
        ...deployment,
      },
    },
  };
}

function lines(stream: { isTTY: boolean; columns?: number }, reports: Report[]): string[] {
  const written: string[] = [];
  const line = createFollowLine({
    isTTY: stream.isTTY as true,
    columns: stream.columns ?? 80,
    write: (text: string | Uint8Array) => {
      written.push(String(text));
      return true;
    },
  });
  for (const one of reports) line.show(one);
  line.end();
  return written;
}

describe('the line of a followed deployment', () => {
  it('changes in place on a terminal, and is gone before the answer', () => {
    expect(lines({ isTTY: true }, [report({ pending: 1 }), report({ running: 2 })])).toEqual([
      '\r\u001B[2Kapi:42 IN_PROGRESS · 0 of 2 running · 1 pending',
      '\r\u001B[2Kapi:42 IN_PROGRESS · 2 of 2 running',
      '\r\u001B[2K',
    ]);
  });

  it('is written once for each change elsewhere', () => {
    expect(
      lines({ isTTY: false }, [report({}), report({}), report({ stage: 'BAKE_TIME', running: 2 })]),
    ).toEqual(['api:42 IN_PROGRESS · 0 of 2 running\n', 'api:42 BAKE_TIME · 2 of 2 running\n']);
  });

  it('counts failures and names the problem', () => {
    const breaker = { status: 'MONITORING', failures: 2, threshold: 3 };
    expect(
      lines({ isTTY: false }, [
        report({ breaker }, { state: 'problem', headline: 'api in prod: out of memory' }),
      ]),
    ).toEqual(['api:42 IN_PROGRESS · 0 of 2 running · breaker 2 of 3 · api in prod: out of memory\n']);
  });

  it('says that the newest look failed in the place of what an older one found', () => {
    const seen = report({}, { state: 'problem', headline: 'api in prod: out of memory' });
    const note = 'The look at 12:00 failed unexpectedly. It is tried again.';
    const missed = { ...seen, details: { ...seen.details, following: 'Following', notes: [note] } };
    expect(lines({ isTTY: false }, [missed])).toEqual([`api:42 IN_PROGRESS · 0 of 2 running · ${note}\n`]);
  });

  it('never wraps, and cannot steer the terminal', () => {
    const [first = ''] = lines({ isTTY: true, columns: 20 }, [report({ revision: 'api\u001B[31m:42' })]);
    expect(first).toBe('\r\u001B[2Kapi:42 IN_PROGRESS ');
  });
});
