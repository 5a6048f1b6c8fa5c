import { defineFact } from '../fact.ts';
import { service } from './service.ts';
import { targetGroupAttributes } from './target-group-attributes.ts';

/** What ELB sets where nobody says otherwise. Seconds. Source: ELB User Guide, "Deregistration delay". */
export const usualDelay = 300;

/** Seconds that a target may take to leave its group, by the group's ARN. Asked only while a deployment replaces tasks. */
export const deregistrationDelay = defineFact<Record<string, number>>({
  id: 'deregistration-delay',
  what: 'how long old targets may drain',
  actions: targetGroupAttributes.actions,
  async load(context) {
    const described = await context.read(service);
    if ((described?.deployments ?? []).length < 2) return {};
    const arns = (described?.loadBalancers ?? [])
      .map(({ targetGroupArn }) => targetGroupArn)
      .filter((arn) => arn !== undefined);
    const entries = [...new Set(arns)].map(async (arn) => {
      const attributes = await context.read(targetGroupAttributes, arn);
      return [arn, Number(attributes['deregistration_delay.timeout_seconds'] ?? usualDelay)] as const;
    });
    return Object.fromEntries(await Promise.all(entries));
  },
});
