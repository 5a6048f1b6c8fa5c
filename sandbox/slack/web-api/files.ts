import type { Core } from '../core.ts';
import { isObject } from '../json.ts';
import { post } from '../messages.ts';
import type { StoredFile } from '../model.ts';
import { asBot, contentOf } from './chat.ts';
import { postable, threadRoot } from './conversation.ts';
import { type Args, type Method, required, SlackFailure, structured, text } from './method.ts';

const SNIPPET_BYTES = 1_000_000;
const MIMETYPES: Record<string, string> = {
  txt: 'text/plain',
  log: 'text/plain',
  md: 'text/markdown',
  csv: 'text/csv',
  json: 'application/json',
  png: 'image/png',
  svg: 'image/svg+xml',
};

export function asApiFile(core: Core, file: StoredFile): Record<string, unknown> {
  const { id, name, title, mimetype, size, preview, user, created, shares } = file;
  const channels = [...new Set(shares.map((share) => share.channel))];
  const url_private = `${core.url()}/sim/files/${id}`;
  const shared = Object.fromEntries(
    channels.map((channel) => [channel, shares.filter((share) => share.channel === channel)]),
  );
  return {
    id,
    name,
    title,
    mimetype,
    size,
    preview,
    user,
    created,
    url_private,
    channels,
    shares: { public: shared },
  };
}

const getUploadURLExternal: Method = {
  token: 'bot',
  scopes: ['files:write'],
  tier: 100,
  handle(core, args) {
    const name = required(args, 'filename');
    const size = Number(required(args, 'length'));
    if (!Number.isInteger(size) || size <= 0) throw new SlackFailure('invalid_arguments');
    if (text(args, 'snippet_type') && size > SNIPPET_BYTES)
      throw new SlackFailure('file_upload_size_restricted');
    const id = core.ids.next('F');
    const file: StoredFile = {
      id,
      name,
      title: name,
      mimetype: MIMETYPES[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream',
      size,
      url: `/sim/files/${id}`,
      preview: '',
      content: Buffer.alloc(0),
      uploaded: false,
      completed: false,
      user: core.identity.app.botUserId,
      created: Math.floor(core.clock.now() / 1000),
      shares: [],
    };
    if (text(args, 'snippet_type')) file.mimetype = 'text/plain';
    core.state.files.set(id, file);
    return { upload_url: `${core.url()}/upload/v1/${id}`, file_id: id };
  },
};

function uploadedFiles(core: Core, args: Args): StoredFile[] {
  const listed = structured(args, 'files');
  if (!Array.isArray(listed) || listed.length === 0) throw new SlackFailure('invalid_arguments');
  return listed.map((entry) => {
    const file = isObject(entry) ? core.state.files.get(String(entry.id)) : undefined;
    if (file === undefined || !file.uploaded) throw new SlackFailure('file_not_found');
    if (file.completed) throw new SlackFailure('file_already_completed');
    if (isObject(entry) && typeof entry.title === 'string') file.title = entry.title;
    return file;
  });
}

const completeUploadExternal: Method = {
  token: 'bot',
  scopes: ['files:write'],
  tier: 100,
  handle(core, args) {
    const files = uploadedFiles(core, args);
    const reference = text(args, 'channel_id') ?? text(args, 'channels');
    if (reference) {
      const channel = postable(core, reference);
      const root = threadRoot(core, channel, text(args, 'thread_ts'));
      const content = contentOf({ text: text(args, 'initial_comment'), blocks: args.blocks }, 'message');
      const message = post(core, {
        ...asBot(core, channel),
        ...content,
        ...(root && { thread_ts: root.ts }),
        subtype: 'file_share',
        files: files.map(({ id, name, title, mimetype, size, url, preview }) => ({
          id,
          name,
          title,
          mimetype,
          size,
          url,
          preview,
        })),
      });
      for (const file of files) file.shares.push({ channel: channel.id, ts: message.ts });
    }
    for (const file of files) file.completed = true;
    return { files: files.map((file) => asApiFile(core, file)) };
  },
};

export const fileMethods: Record<string, Method> = {
  'files.getUploadURLExternal': getUploadURLExternal,
  'files.completeUploadExternal': completeUploadExternal,
  'files.info': {
    token: 'bot',
    scopes: ['files:read'],
    tier: 100,
    handle(core, args) {
      const file = core.state.files.get(required(args, 'file', 'file_not_found'));
      if (file === undefined) throw new SlackFailure('file_not_found');
      return { file: asApiFile(core, file) };
    },
  },
};
