import type { Core } from '../core.ts';
import type { User, UserGroup } from '../model.ts';
import { type Method, required, SlackFailure } from './method.ts';
import { page } from './paging.ts';

function asApiUser(core: Core, user: User): Record<string, unknown> {
  const { id, name, real_name, tz, is_bot, color = '4bbe2e', deleted = false } = user;
  const { team_id = core.identity.team.id, is_restricted = false } = user;
  const profile = { real_name, display_name: name, team: team_id };
  return { id, team_id, name, real_name, tz, is_bot, color, deleted, is_restricted, profile };
}

function asApiGroup(core: Core, group: UserGroup): Record<string, unknown> {
  const { id, handle, name, users } = group;
  return { id, team_id: core.identity.team.id, is_usergroup: true, handle, name, user_count: users.length };
}

export const peopleMethods: Record<string, Method> = {
  'users.info': {
    token: 'bot',
    scopes: ['users:read'],
    tier: 100,
    handle(core, args) {
      const user = core.state.users.get(required(args, 'user', 'user_not_found'));
      if (user === undefined) throw new SlackFailure('user_not_found');
      return { user: asApiUser(core, user) };
    },
  },
  'users.list': {
    token: 'bot',
    scopes: ['users:read'],
    tier: 20,
    handle(core, args) {
      const { items, response_metadata } = page([...core.state.users.values()], args);
      return { members: items.map((user) => asApiUser(core, user)), response_metadata };
    },
  },
  'usergroups.list': {
    token: 'bot',
    scopes: ['usergroups:read'],
    tier: 20,
    handle: (core) => ({
      usergroups: [...core.state.groups.values()].map((group) => asApiGroup(core, group)),
    }),
  },
  'usergroups.users.list': {
    token: 'bot',
    scopes: ['usergroups:read'],
    tier: 20,
    handle(core, args) {
      const group = core.state.groups.get(required(args, 'usergroup'));
      if (group === undefined) throw new SlackFailure('no_such_subteam');
      return { users: [...group.users] };
    },
  },
};
