import type { Logger } from 'pino';
import type { Environment } from './config.ts';

/** Who asks, and which conversation will see the answer. */
export interface Asker {
  user: string;
  channel?: string | undefined;
}

/** The members of a Slack user group. Rejects when Slack does not say. */
export type MembersOf = (group: string) => Promise<ReadonlySet<string>>;

/**
 * Whether somebody may look at an environment: every list that is given must match. Whatever is not known, or not
 * configured, is a no.
 *
 * @param groups ids of the user groups that the person is a member of
 */
export function mayLook(
  { allow }: Pick<Environment, 'allow'>,
  { channel, groups }: { channel?: string | undefined; groups: ReadonlySet<string> },
): boolean {
  if (allow === 'everyone') return true;
  if (!allow || (!allow.channels && !allow.groups)) return false;
  if (allow.channels && (channel === undefined || !allow.channels.includes(channel))) return false;
  return allow.groups?.some((group) => groups.has(group)) ?? true;
}

/** The user groups that some environment names. */
export function groupsOf(environments: readonly Environment[]): string[] {
  return [
    ...new Set(environments.flatMap(({ allow }) => (typeof allow === 'object' ? (allow.groups ?? []) : []))),
  ];
}

/**
 * The environments that somebody may look at from there. A group whose members cannot be read has none: that
 * closes the environments that it opens, and no others.
 */
export async function environmentsFor(
  environments: readonly Environment[],
  asker: Asker,
  membersOf: MembersOf,
  log: Logger,
): Promise<Environment[]> {
  const groups = new Set<string>();
  await Promise.all(
    groupsOf(environments).map(async (group) => {
      try {
        if ((await membersOf(group)).has(asker.user)) groups.add(group);
      } catch (err) {
        log.warn(
          { err, group, user: asker.user },
          'Taken for no member, since the members could not be read',
        );
      }
    }),
  );
  return environments.filter((environment) => mayLook(environment, { channel: asker.channel, groups }));
}

/**
 * Whether a region stands under another environment of the same account. Who may look there, and at which clusters,
 * is said there, so that no region that is named in a question leads past it.
 */
export function isOfAnother(
  environments: readonly Environment[],
  { name, account, region: own }: Environment,
  region: string,
): boolean {
  if (region === own) return false;
  return environments.some(
    (other) => other.name !== name && other.account === account && other.region === region,
  );
}

/**
 * Why somebody may not look at the environment that they named, and whom to ask. Other environments are not
 * spoken of. In Slack's mrkdwn; to be shown to the asker alone, since a user group that is named hears of it.
 */
export function refusal({ name, allow }: Pick<Environment, 'name' | 'allow'>): string {
  const { channels, groups } = typeof allow === 'object' ? allow : {};
  const where = channels?.map((channel) => `<#${channel}>`).join(' or ');
  const who = groups?.map((group) => `<!subteam^${group}>`).join(' or ');
  if (where === undefined && who === undefined)
    return `Nobody may look at ${name} yet: its \`allow\` in the accounts file is missing. Ask whoever runs this bot.`;
  const rule = [who && `by members of ${who}`, where && `from ${where}`].filter(Boolean).join(', and only ');
  const ask =
    who === undefined
      ? `Ask there, or ask in ${where} to be invited.`
      : `Ask a member of ${who}, or whoever runs this bot.`;
  return `You may not look at ${name} from here: that can be done only ${rule}. ${ask}`;
}
