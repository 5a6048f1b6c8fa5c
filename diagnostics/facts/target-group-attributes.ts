import { defineFact } from '../fact.ts';

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
