import { readFile } from 'node:fs/promises';
import type { Account } from '#sandbox/aws/world.ts';
import { mergeWorlds } from '#sandbox/incidents/build/merge.ts';
import type { Place } from '#sandbox/incidents/incident.ts';
import { externalId, incidents, sandboxAccounts } from '#sandbox/incidents/index.ts';
import type { Channel } from '#sandbox/slack/model.ts';
import { type SlackWorkspace, startSlackWorkspace } from '#sandbox/slack/workspace.ts';

/** A command as it is typed after `/ecs`, and the channel that it is typed into. */
export interface Question {
  text: string;
  channel: string;
}

/** Accounts configured, and services in trouble in each. */
const environments = 50;
const services = 4;

/** Environments `env-01` … `env-50`: each an account of its own, with the same four services in trouble. */
export function manyAccounts(now: Date): Account[] {
  const [template] = sandboxAccounts(now);
  return Array.from({ length: environments }, (_, index) => {
    const id = String(400_000_000_000 + index);
    const place: Place = { environment: 'prod', account: id, region: 'us-east-1', cluster: 'prod' };
    const world = mergeWorlds(troubled().map((incident) => incident.world(now, place)));
    const clusterArn = `arn:aws:ecs:us-east-1:${id}:cluster/prod`;
    return {
      id,
      region: place.region,
      role: { arn: `arn:aws:iam::${id}:role/ecs-sleuth`, externalId },
      world: {
        ...world,
        clusters: (template?.world.clusters ?? []).map((cluster) => ({ ...cluster, clusterArn })),
      },
    };
  });
}

function troubled() {
  return incidents
    .filter(({ environment, expected }) => environment === 'prod' && expected.state === 'problem')
    .slice(0, services);
}

/** The name of the environment in the accounts file. */
export function nameOf(index: number): string {
  return `env-${String(index + 1).padStart(2, '0')}`;
}

/** One question for every service of every environment, each in a channel of its own. */
export function everyQuestion(): Question[] {
  return Array.from({ length: environments }, (_, index) => index).flatMap((index) =>
    troubled().map(({ ask }, service) => ({
      text: ask.replace(/\S+$/, nameOf(index)),
      channel: channelId(index * services + service),
    })),
  );
}

/** The accounts file for them, as JSON, which is YAML too. */
export function accountsFile(accounts: readonly Account[]): string {
  const entries = accounts.map(({ id, region, role }, index) => [
    nameOf(index),
    {
      account: id,
      region,
      role: role.arn,
      externalId: role.externalId,
      clusters: ['prod'],
      allow: 'everyone',
    },
  ]);
  return JSON.stringify({ environments: Object.fromEntries(entries) });
}

/** A workspace with a channel for each question, so that Slack's one message a second and channel holds nobody up. */
export async function manyChannels(): Promise<SlackWorkspace> {
  const manifest: unknown = JSON.parse(await readFile(new URL('../manifest.json', import.meta.url), 'utf8'));
  const channels = Array.from(
    { length: environments * services },
    (_, index): Channel => ({
      id: channelId(index),
      name: `team-${index}`,
      topic: '',
      members: ['U0ADA', 'U0BEN', 'U0SLEUTH'],
      is_private: false,
    }),
  );
  return startSlackWorkspace({ manifest, channels });
}

function channelId(index: number): string {
  return `C0TEAM${String(index).padStart(4, '0')}`;
}
