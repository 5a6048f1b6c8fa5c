import type { Problem } from '../block-kit/problem.ts';
import { validateBlocks, validateMessage, validateView } from '../block-kit/validate.ts';
import { isObject } from '../json.ts';
import { type Args, type Method, SlackFailure, structured } from './method.ts';

type Kind = 'blocks' | 'message' | 'view';

function validated(args: Args): { kind: Kind; problems: Problem[] } {
  const kinds = (['blocks', 'message', 'view'] as const).filter((kind) => args[kind] !== undefined);
  const kind = kinds[0];
  if (kind === undefined || kinds.length > 1) throw new SlackFailure('invalid_arguments');
  const value = structured(args, kind);
  if (kind === 'blocks') return { kind, problems: validateBlocks(value, 'message', '') };
  if (kind === 'view') return { kind, problems: validateView(value) };
  return { kind, problems: validateMessage(isObject(value) ? value : {}, 'message') };
}

export const workspaceMethods: Record<string, Method> = {
  'auth.test': {
    token: 'bot',
    tier: 0,
    handle(core) {
      const { team, app } = core.identity;
      const user = core.state.users.get(app.botUserId)?.name;
      return {
        url: `${core.url()}/`,
        team: team.name,
        user,
        team_id: team.id,
        user_id: app.botUserId,
        bot_id: app.botId,
        is_enterprise_install: false,
      };
    },
  },
  'apps.connections.open': {
    token: 'app',
    tier: 50,
    handle(core) {
      if (!core.manifest.settings.socket_mode_enabled) throw new SlackFailure('forbidden_operation');
      // A client takes this for a passing fault and tries again, as it would take a broken network.
      if (!core.acceptsConnections()) throw new SlackFailure('internal_error');
      return { url: core.openConnection() };
    },
  },
  'bots.info': {
    token: 'bot',
    scopes: ['users:read'],
    tier: 50,
    handle(core, args) {
      const { app } = core.identity;
      if (args.bot !== undefined && args.bot !== app.botId) throw new SlackFailure('bot_not_found');
      const bot = { id: app.botId, deleted: false, name: app.name, app_id: app.id, user_id: app.botUserId };
      return { bot };
    },
  },
  'team.info': {
    token: 'bot',
    scopes: ['team:read'],
    tier: 50,
    handle: (core) => ({ team: { ...core.identity.team, url: `${core.url()}/` } }),
  },
  'blocks.validate': {
    token: 'none',
    tier: 0,
    handle(_core, args) {
      const { kind, problems } = validated(args);
      if (problems.length > 0) throw new SlackFailure(`invalid_${kind}`, { errors: problems });
      return {};
    },
  },
};
