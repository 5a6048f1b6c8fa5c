import { type Core, noteUnexpected } from '../core.ts';
import { parseJson } from '../json.ts';
import type { ApiCall } from '../model.ts';
import { chatMethods } from './chat.ts';
import { conversationMethods } from './conversations.ts';
import { fileMethods } from './files.ts';
import { type Args, type Method, SlackFailure } from './method.ts';
import { peopleMethods } from './people.ts';
import { reactionMethods } from './reactions.ts';
import { streamMethods } from './streams.ts';
import { viewMethods } from './views.ts';
import { workspaceMethods } from './workspace.ts';

const METHODS: Record<string, Method> = {
  ...workspaceMethods,
  ...chatMethods,
  ...streamMethods,
  ...viewMethods,
  ...fileMethods,
  ...conversationMethods,
  ...peopleMethods,
  ...reactionMethods,
};

/** What the HTTP server is to send back. */
export type ApiAnswer =
  | { kind: 'answer'; status: number; headers: Record<string, string>; body: Record<string, unknown> }
  | { kind: 'hang' };

/** Answers one call of the Web API, faults and rate limits included. Never throws. */
export async function answerApiCall(core: Core, name: string, token: string, args: Args): Promise<ApiAnswer> {
  const method = METHODS[name];
  const call: ApiCall = { method: name, args: recorded(args), at: core.clock.now() };
  core.calls.push(call);
  const key = name === 'chat.postMessage' ? `${name} ${String(args.channel)}` : name;
  const fault = core.faults.take(name, method?.tier ?? 0, key);
  if (fault?.delayMs !== undefined) await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
  if (fault?.hang) {
    core.changes.touch();
    return { kind: 'hang' };
  }
  const headers = scopeHeaders(core, method);
  const answered = (status: number, body: Record<string, unknown>, more = {}): ApiAnswer => {
    call.response = body;
    core.changes.touch();
    return { kind: 'answer', status, headers: { ...headers, ...more }, body };
  };
  if (fault?.retryAfter !== undefined) {
    return answered(429, { ok: false, error: 'ratelimited' }, { 'retry-after': String(fault.retryAfter) });
  }
  if (fault?.status !== undefined) return answered(fault.status, {});
  if (fault?.error !== undefined) return answered(200, { ok: false, error: fault.error });
  return answered(200, run(core, name, method, token, args));
}

/** The arguments as a reader wants them: without the token, and JSON fields parsed. */
function recorded({ token: _secret, ...args }: Args): Args {
  const entries = Object.entries(args).map(([name, value]) => {
    const isJson = typeof value === 'string' && /^[[{]/.test(value);
    return [name, isJson ? (parseJson(value) ?? value) : value];
  });
  return Object.fromEntries(entries);
}

function run(core: Core, name: string, method: Method | undefined, token: string, args: Args) {
  try {
    if (method === undefined) {
      noteUnexpected(core, { code: 'unknown_method', message: name });
      throw new SlackFailure('unknown_method', { req_method: name });
    }
    checkToken(core, method, token);
    checkScopes(core, method);
    return { ok: true, ...method.handle(core, args) };
  } catch (error) {
    if (error instanceof SlackFailure) return { ok: false, error: error.error, ...error.detail };
    throw error;
  }
}

function checkToken(core: Core, method: Method, token: string): void {
  if (method.token === 'none') return;
  const { botToken, appToken } = core.identity;
  if (token === '') throw new SlackFailure('not_authed');
  if (token !== botToken && token !== appToken) throw new SlackFailure('invalid_auth');
  if (token !== (method.token === 'bot' ? botToken : appToken)) {
    throw new SlackFailure('not_allowed_token_type');
  }
}

function checkScopes(core: Core, method: Method): void {
  const { scopes: needed } = method;
  const provided = core.manifest.oauth_config.scopes.bot;
  if (needed === undefined || needed.some((scope) => provided.includes(scope))) return;
  throw new SlackFailure('missing_scope', { needed: needed.join(','), provided: provided.join(',') });
}

function scopeHeaders(core: Core, method: Method | undefined): Record<string, string> {
  const provided = method?.token === 'app' ? ['connections:write'] : core.manifest.oauth_config.scopes.bot;
  return {
    'x-oauth-scopes': provided.join(','),
    ...(method?.scopes && { 'x-accepted-oauth-scopes': method.scopes.join(',') }),
  };
}
