import type { examine } from '#diagnostics/doctor.ts';
import type { Command, CommandContext, DoctorRow, EnvironmentSummary } from './command.ts';
import { UsageError } from './command.ts';
import { diagnosing } from './diagnosing.ts';

export const doctor: Command = {
  name: 'doctor',
  summary: 'Whether the bot itself may do its work: roles, rights and clock of every environment',
  usage: '[ENVIRONMENT]',
  options: ['private'],
  examples: ['doctor', 'doctor prod'],
  async run({ environment }, context) {
    const chosen = context.environments.filter(
      ({ name }) => environment === undefined || name === environment,
    );
    if (chosen.length === 0) {
      throw new UsageError(`There is no environment “${environment ?? ''}” that you may look at here.`, [
        'doctor',
      ]);
    }
    // It knows every check, which the thread that talks to Slack does not need: see diagnose.ts.
    const engine = await import('#diagnostics/doctor.ts');
    const needs = neededBy(engine);
    const rows = await Promise.all(chosen.map((one) => row(one, context, needs, engine.examine)));
    return { kind: 'doctor', asOf: context.now.toISOString(), rows };
  },
};

/** Which commands need an action. */
function neededBy({
  actionsOf,
  followUpChecks,
  lookupActions,
}: typeof import('#diagnostics/doctor.ts')): Map<string, string[]> {
  const begun = diagnosing.flatMap(({ checks }) => checks ?? []);
  const needs = new Map<string, string[]>();
  for (const { name, checks } of diagnosing) {
    if (!checks) continue;
    const followUps = checks.includes('stopped-tasks') ? followUpChecks(begun) : [];
    for (const action of [...actionsOf([...checks, ...followUps]), ...lookupActions]) {
      needs.set(action, [...(needs.get(action) ?? []), name]);
    }
  }
  return needs;
}

async function row(
  { name, account, region, role, clusters }: EnvironmentSummary,
  context: CommandContext,
  needs: ReadonlyMap<string, string[]>,
  examineIn: typeof examine,
): Promise<DoctorRow> {
  const session = context.session(name);
  const { assumed, missing, untested, clockSkewMs } = await examineIn(
    session,
    clusters?.[0] ?? 'default',
    [...needs.keys()],
    context.deadline,
  );
  return {
    environment: name,
    account,
    region,
    role: role ?? "the process's own credentials",
    assumed,
    missing: missing.map((action) => ({ action, needed: needs.get(action) ?? [] })),
    untested,
    clockSkewMs,
  };
}
