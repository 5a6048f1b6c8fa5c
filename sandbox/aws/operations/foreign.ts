import { commonFailure } from '../errors.ts';
import type { CallContext, Operation } from './operation.ts';

/** An operation that refuses what another account owns, as AWS does where no resource policy lets the caller in. */
export function foreignDenied(action: string, arnOf: (input: unknown) => string, own: Operation): Operation {
  return {
    ...own,
    run(input, context: CallContext) {
      const arn = arnOf(input);
      const [, , , , owner] = arn.split(':');
      if (arn.startsWith('arn:') && owner && owner !== context.account?.id) {
        throw commonFailure(
          'access-denied',
          `User: ${context.caller.arn} is not authorized to perform: ${action} on resource: ${arn} because no resource-based policy allows the ${action} action`,
        );
      }
      return own.run(input, context);
    },
  };
}
