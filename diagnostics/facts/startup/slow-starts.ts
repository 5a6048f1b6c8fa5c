import { defineFact } from '../../fact.ts';
import { service } from '../service.ts';
import { targetGroupAttributes } from '../target-group-attributes.ts';

/** Seconds over which a new target gets its full share of requests, by target group; of the others it is at once. */
export type SlowStarts = Readonly<Record<string, number>>;

const attribute = 'slow_start.duration_seconds';

export const slowStarts = defineFact<SlowStarts>({
  id: 'slow-starts',
  what: 'how slowly new targets get requests',
  actions: targetGroupAttributes.actions,
  async load({ read, settle }) {
    const described = await read(service);
    const arns = (described?.loadBalancers ?? []).flatMap(({ targetGroupArn }) => targetGroupArn ?? []);
    const found = await Promise.all(
      [...new Set(arns)].map(async (arn) => {
        const attributes = await settle(targetGroupAttributes, arn);
        if (attributes.ok) return [arn, Number(attributes.value[attribute] ?? 0)] as const;
        // A group that is gone delays nobody.
        if (attributes.failure.reason === 'NotFound') return [arn, 0] as const;
        throw attributes.failure;
      }),
    );
    return Object.fromEntries(found.filter(([, seconds]) => seconds > 0));
  },
});
