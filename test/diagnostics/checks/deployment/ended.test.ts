import { describe, expect, it } from 'vitest';
import { deployment, minutesAgo, revision, stopped } from '../facts.ts';
import { causes, judge, oldId, ownId, says, type Told } from './rollout.ts';

const tripped = { status: 'TRIGGERED', failureCount: 3, threshold: 3 } as const;
const goesBack = { deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: true } } };

const failed = deployment({ id: ownId, rolloutState: 'FAILED', createdAt: minutesAgo(10), runningCount: 0 });

describe('how a deployment ended', () => {
  it.each<[string, Told, string[], string | undefined]>([
    ['well', { ended: 6, status: 'SUCCESSFUL' }, [], undefined],
    [
      'turned back by the breaker',
      { ended: 2, status: 'ROLLBACK_SUCCESSFUL', details: { deploymentCircuitBreaker: tripped } },
      ['warn deployment-rolling-back', 'error circuit-breaker-tripped'],
      'api:2 was rolled back and is not live',
    ],
    [
      'being turned back',
      { status: 'ROLLBACK_IN_PROGRESS', details: { deploymentCircuitBreaker: tripped } },
      ['warn deployment-rolling-back', 'error circuit-breaker-tripped'],
      'api:2 is not live, it is being rolled back',
    ],
    [
      'given up, with the old tasks left',
      { ended: 2, status: 'STOPPED', details: { deploymentCircuitBreaker: tripped } },
      ['error circuit-breaker-tripped'],
      'api:2 was given up',
    ],
    [
      'given up, with nothing to go back to',
      {
        ended: 2,
        status: 'STOPPED',
        took: [],
        listed: [failed],
        details: { deploymentCircuitBreaker: tripped },
        service: goesBack,
      },
      ['error deployment-no-rollback-candidate', 'error circuit-breaker-tripped'],
      'api:2 was given up',
    ],
    [
      'given up, with one to go back to that is older than the history',
      {
        ended: 2,
        status: 'STOPPED',
        took: [],
        listed: [failed, deployment({ id: oldId, status: 'ACTIVE', taskDefinition: revision(1) })],
        details: { deploymentCircuitBreaker: tripped },
        service: goesBack,
      },
      ['error circuit-breaker-tripped'],
      'api:2 was given up',
    ],
    [
      'given up, told by nothing but the list of deployments',
      {
        ended: 2,
        status: 'STOPPED',
        detailsDenied: 'Service deployment failed because the circuit breaker threshold was exceeded.',
      },
      ['error circuit-breaker-tripped'],
      'api:2 was given up',
    ],
    [
      'stopped, and nothing tells by what',
      { ended: 2, status: 'STOPPED', detailsDenied: '' },
      [],
      'api:2 was given up',
    ],
    [
      'stopped by somebody',
      {
        ended: 2,
        status: 'STOPPED',
        details: { deploymentCircuitBreaker: { status: 'MONITORING_COMPLETE' } },
      },
      ['info deployment-stopped'],
      'api:2 was given up',
    ],
    [
      'turned back by a hook',
      {
        ended: 2,
        status: 'ROLLBACK_SUCCESSFUL',
        details: {
          statusReason: 'Service deployment rolled back because PRE_SCALE_UP lifecycle hook(s) failed.',
        },
      },
      ['warn deployment-rolling-back', 'error hook-failed'],
      'api:2 was rolled back and is not live',
    ],
    [
      'turned back by a role that may not switch the load balancer',
      {
        ended: 2,
        status: 'ROLLBACK_SUCCESSFUL',
        details: {
          statusReason:
            'Service deployment rolled back because of invalid networking configuration. ECS was unable to assume the infrastructure role arn:aws:iam::222222222222:role/elb',
        },
      },
      ['warn deployment-rolling-back', 'error bluegreen-infra-role'],
      'api:2 was rolled back and is not live',
    ],
  ])('%s', (_, told, found, lead) => {
    const outcome = judge(told);
    expect(causes(outcome)).toEqual(found);
    expect(outcome.lead).toBe(lead);
  });

  it('is not called healthy where nothing tells what stopped it', () => {
    expect(judge({ ended: 2, status: 'STOPPED', detailsDenied: '' }).answer?.state).toBe('unknown');
    expect(judge({ ended: 2, status: 'STOPPED', details: {} }).answer?.state).toBe('healthy');
  });

  it.each([
    ['arn:aws:lambda:us-east-1:222222222222:function:smoke', 'smoke'],
    ['arn:aws:lambda:us-east-1:222222222222:function:smoke:live', 'smoke'],
  ])('by the hook %s leads to the log of its function', (targetArn, name) => {
    const outcome = judge({
      ended: 2,
      status: 'ROLLBACK_SUCCESSFUL',
      details: { lifecycleHookDetails: [{ targetArn, status: 'FAILED' }] },
    });
    const { fix } = outcome.findings.find(({ cause }) => cause === 'hook-failed') ?? {};
    expect(fix?.cli).toContain(`aws logs tail /aws/lambda/${name} `);
  });

  it('a revision that is not live is named, with the one that is', () => {
    const outcome = judge({
      ended: 2,
      status: 'ROLLBACK_SUCCESSFUL',
      details: { deploymentCircuitBreaker: tripped },
    });
    expect(says(outcome, 'Outcome')).toMatch(
      /^api:2 is not live: it was rolled back to api:1; a pipeline .* infrastructure code that recorded api:2/,
    );
  });

  it('a rollback of two days ago is the answer to whoever asks, and no answer to another question', () => {
    const told: Told = { began: 2900, ended: 2880, status: 'ROLLBACK_SUCCESSFUL' };
    expect(causes(judge(told))).toEqual(['warn deployment-rolling-back']);
    expect(causes(judge({ ...told, onTheWay: true }))).toEqual([]);
  });

  it('a list that is full may hold back the one to go back to', () => {
    const outcome = judge({
      ended: 2,
      status: 'STOPPED',
      took: [],
      failedBefore: 19,
      listed: [failed],
      details: { deploymentCircuitBreaker: tripped },
      service: goesBack,
    });
    expect(causes(outcome)).toEqual(['error circuit-breaker-tripped']);
  });

  it('a forgotten failure is looked for where else it may be remembered', () => {
    const told: Told = { ended: 2, status: 'ROLLBACK_SUCCESSFUL' };
    expect(judge(told).next).toEqual(['expired-stops']);
    const left = stopped(3, { startedBy: 'ecs-svc/gone', createdAt: minutesAgo(9) });
    expect(judge({ ...told, stops: [left] }).next).toEqual([]);
  });
});

describe('the alarms that turned it back', () => {
  const by = (alarm: object, before?: string): Told => ({
    ...(before !== undefined && { alarmsBefore: { 'api-5xx': before } }),
    ended: 2,
    status: 'ROLLBACK_SUCCESSFUL',
    details: { alarms: { status: 'TRIGGERED', alarmNames: ['api-5xx'], triggeredAlarmNames: ['api-5xx'] } },
    alarms: [{ name: 'api-5xx', state: 'ALARM', ...alarm }],
  });
  it.each<[string, Told, boolean]>([
    ['red before it began', by({ since: minutesAgo(90) }), true],
    ['red while it went on', by({ since: minutesAgo(6) }), false],
    ['red again, and by its history before it too', by({ since: minutesAgo(6) }, 'ALARM'), true],
    ['green now, and red before it', by({ state: 'OK', since: minutesAgo(1) }, 'ALARM'), true],
    ['green before it', by({ since: minutesAgo(6) }, 'OK'), false],
  ])('%s', (_, told, before) => {
    const finding = judge(told).findings.find(({ cause }) => cause === 'deployment-alarm');
    expect(finding?.summary).toContain('Alarm api-5xx');
    expect(finding?.summary.includes('in ALARM before it began')).toBe(before);
  });

  const said = (status: Told['status'], statusReason: string, names: string[]): Told => ({
    ended: 2,
    status,
    details: { statusReason },
    alarms: names.map((name) => ({ name, state: 'ALARM', since: minutesAgo(90) })),
  });
  const summaryOf = (told: Told) =>
    judge(told).findings.find(({ cause }) => cause === 'deployment-alarm')?.summary ?? '';

  it('are named by the reason, whole', () => {
    const reason = 'Service deployment rolled back because alarm(s) api-5xx were triggered.';
    expect(summaryOf(said('ROLLBACK_SUCCESSFUL', reason, ['api', 'api-5xx', '5xx']))).toContain(
      'Alarm api-5xx turned',
    );
  });

  it('only stop a deployment that does not go back', () => {
    const reason = 'Service deployment stopped because alarm(s) api-5xx were triggered.';
    const summary = summaryOf(said('STOPPED', reason, ['api-5xx']));
    expect(summary).toContain('Alarm api-5xx stopped the deployment of api:2');
    expect(summary).not.toContain('turned');
  });

  it('with names that a shell reads are quoted', () => {
    const told = said('ROLLBACK_SUCCESSFUL', "because alarm(s) 5xx 'all' of api were", ["5xx 'all' of api"]);
    const finding = judge(told).findings.find(({ cause }) => cause === 'deployment-alarm');
    const commands = [finding?.fix?.cli, ...(finding?.evidence ?? []).map(({ cli }) => cli)].join('\n');
    expect(commands).toContain("--alarm-name '5xx '\\''all'\\'' of api' ");
    expect(commands).toContain("--alarm-names '5xx '\\''all'\\'' of api' ");
  });
});
