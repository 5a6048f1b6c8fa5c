import type { Account, LogGroup } from '#sandbox/aws/world.ts';
import { sandboxAccounts } from '#sandbox/incidents/index.ts';
import { queries } from '#sandbox/incidents/queries/index.ts';

/** The incidents that are asked by a query, where one says Running to so many looks. */
export function queryAccounts(running: number, now = new Date(), change: Partial<LogGroup> = {}): Account[] {
  return sandboxAccounts(now, queries).map((account) => ({
    ...account,
    world: {
      ...account.world,
      logGroups: account.world.logGroups.map((group) => ({ ...group, queryPolls: running, ...change })),
    },
  }));
}
