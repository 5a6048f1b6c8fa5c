import { actionsOf, examine, followUpChecks, lookupActions } from '#diagnostics/doctor.ts';
import type { CommandContext, DoctorRow, EnvironmentSummary } from './command.ts';
import { diagnosing } from './diagnosing.ts';

/** Examines these environments side by side. */
export function doctorRows(
  environments: readonly EnvironmentSummary[],
  context: CommandContext,
): Promise<DoctorRow[]> {
  const needs = neededBy();
  return Promise.all(environments.map((one) => row(one, context, needs)));
}

/** Which commands need an action. */
function neededBy(): Map<string, string[]> {
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
): Promise<DoctorRow> {
  const session = context.session(name);
  const { assumed, missing, untested, clockSkewMs } = await examine(
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
