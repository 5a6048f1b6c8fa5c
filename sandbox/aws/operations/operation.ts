import type { Caller, CredentialStore } from '../credentials.ts';
import type { Account } from '../world.ts';

/** All that an operation may look at. */
export interface CallContext {
  caller: Caller;
  accounts: readonly Account[];
  credentials: CredentialStore;
  now: Date;
  /** The endpoint's own address. */
  url: string;
  /** The account and region of the call; absent for STS, which belongs to neither. */
  account: Account | undefined;
}

export interface Operation {
  run(input: unknown, context: CallContext): unknown;
  /** The ARN that IAM names when it refuses this call; `*` where the action knows no resource. */
  resource(input: unknown, account: Account | undefined): string;
  /** Actions that the service asks IAM about beside the operation's own. */
  alsoNeeds?: readonly string[];
}

/** An operation that looks things up in one account's world. The input was read by the operation's own schema. */
export function overWorld<Input, Output>(
  run: (input: Input, account: Account, now: Date) => Output,
  resource: (input: Input, account: Account) => string = () => '*',
): Operation {
  return {
    run(input, context) {
      if (!context.account) throw new Error('A world operation needs an account.');
      return run(input as Input, context.account, context.now);
    },
    resource: (input, account) => (account ? resource(input as Input, account) : '*'),
  };
}

/** An operation that is about credentials rather than about an account's world. */
export function overCredentials<Input, Output>(
  run: (input: Input, context: CallContext) => Output,
  resource: (input: Input) => string = () => '*',
): Operation {
  return {
    run: (input, context) => run(input as Input, context),
    resource: (input) => resource(input as Input),
  };
}
