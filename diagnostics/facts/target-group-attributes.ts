import { defineFact } from '../fact.ts';
import { standingOf } from '../health/states.ts';
import { targetHealth } from './target-health.ts';

/** The attributes of a target group, by its ARN: how long targets drain, slow start, when it fails open. */
export const targetGroupAttributes = defineFact<Record<string, string>, string>({
  id: 'target-group-attributes',
  what: 'the attributes of the target group',
  actions: ['elasticloadbalancing:DescribeTargetGroupAttributes'],
  async load({ aws }, arn) {
    const answer = await aws.elb.describeTargetGroupAttributes({ TargetGroupArn: arn });
    return Object.fromEntries((answer.Attributes ?? []).map(({ Key = '', Value = '' }) => [Key, Value]));
  },
});

/** Seconds that targets may drain, by group; asked only of groups from which one drains now. */
export const drainDelays = defineFact<Record<string, string>>({
  id: 'drain-delays',
  what: 'how long targets may drain',
  actions: targetGroupAttributes.actions,
  async load({ read }) {
    const groups = (await read(targetHealth)).filter(({ targets }) =>
      targets.some((target) => standingOf(target) === 'leaving'),
    );
    const entries = groups.map(async ({ arn }) => {
      const attributes = await read(targetGroupAttributes, arn);
      return [arn, attributes['deregistration_delay.timeout_seconds'] ?? ''] as const;
    });
    return Object.fromEntries((await Promise.all(entries)).filter(([, delay]) => delay !== ''));
  },
});
