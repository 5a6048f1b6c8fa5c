import type { WebClient } from '@slack/web-api';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';

/** Somebody who uses the bot, as Slack names them. Ids in Slack's payloads are authentic. */
export interface Person {
  id: string;
  /** The handle, where the payload has it. For people to read; it decides nothing. */
  name?: string;
  /** The workspace the person belongs to; in a shared channel not always ours. */
  team?: string;
}

/**
 * The workspace that a payload gives for its user. The `team` beside the user is where the app is installed, whoever
 * the user is: where only that is given, Slack is asked about the person.
 */
export function inTeam(team: string | undefined): { team?: string } {
  return team === undefined ? {} : { team };
}

/** The bot itself, from auth.test. */
export interface Identity {
  botId: string;
  botUserId: string;
  /** How the bot is mentioned, without the `@`. */
  name: string;
  team: string;
  /** The organisation, on Enterprise Grid. */
  enterprise?: string;
}

export interface People {
  /** False for people of other organisations, who can press buttons in shared channels. */
  isHome(client: WebClient, person: Person): Promise<boolean>;
  /** The members of a user group. Rejects when Slack does not say: nobody is let in by that. */
  membersOf(client: WebClient, group: string): Promise<ReadonlySet<string>>;
  /** The person with the handle that an earlier payload gave: mentions come without one. */
  named(person: Person): Person;
}

/** usergroups.users.list allows 20 calls a minute (tier 2), so that one answer serves for a while. */
const groupTtlMs = 5 * 60_000;
const homeTtlMs = 10 * 60_000;

export function createPeople({ identity, log }: { identity: () => Identity; log: Logger }): People {
  const homes = new LRUCache<string, boolean>({ max: 5_000, ttl: homeTtlMs });
  const names = new LRUCache<string, string>({ max: 5_000 });
  const groups = new LRUCache<string, Promise<ReadonlySet<string>>>({ max: 500, ttl: groupTtlMs });

  return {
    named(person) {
      if (person.name !== undefined) names.set(person.id, person.name);
      const name = person.name ?? names.get(person.id);
      return name === undefined ? person : { ...person, name };
    },

    async isHome(client, person) {
      const { team, enterprise } = identity();
      // On Enterprise Grid `user.team_id` may be the organisation's id.
      if (person.team !== undefined && (person.team === team || person.team === enterprise)) return true;
      const known = homes.get(person.id);
      if (known !== undefined) return known;
      const home = await lookUpHome(client, person, { team, enterprise });
      homes.set(person.id, home);
      return home;
    },

    membersOf(client, group) {
      const known = groups.get(group);
      if (known !== undefined) return known;
      const asked = members(client, group);
      groups.set(group, asked);
      asked.catch((error: unknown) => {
        if (groups.peek(group) === asked) groups.delete(group);
        log.error({ err: error, group }, 'The members of a user group could not be read');
      });
      return asked;
    },
  };
}

async function members(client: WebClient, group: string): Promise<ReadonlySet<string>> {
  const { users = [] } = await client.usergroups.users.list({ usergroup: group });
  return new Set(users);
}

async function lookUpHome(
  client: WebClient,
  person: Person,
  home: { team: string; enterprise: string | undefined },
): Promise<boolean> {
  const { user } = await client.users.info({ user: person.id });
  if (user === undefined || user.is_stranger === true) return false;
  if (user.team_id === home.team) return true;
  return home.enterprise !== undefined && user.enterprise_user?.enterprise_id === home.enterprise;
}
