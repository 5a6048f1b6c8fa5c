/**
 * Shapes that the simulator sends, as JSDoc types. Blocks stay open records: the renderer must also survive what it
 * does not know.
 *
 * @typedef {Record<string, any>} Block
 * @typedef {Record<string, any>} BlockElement
 * @typedef {{ type: 'plain_text' | 'mrkdwn', text: string, emoji?: boolean, verbatim?: boolean }} TextObject
 * @typedef {{ text: TextObject, value?: string, url?: string, description?: TextObject }} Option
 * @typedef {{ label: TextObject, options: Option[] }} OptionGroup
 *
 * @typedef {{ id: string, name: string, real_name: string, tz?: string, is_bot?: boolean, color?: string }} User
 * @typedef {{ id: string, handle: string, name: string, users: string[] }} Group
 * @typedef {{ id: string, name: string, topic?: string, members?: string[], is_private?: boolean, is_im?: boolean }} Channel
 * @typedef {{ id: string, name?: string, title?: string, mimetype?: string, size?: number, url?: string, preview?: string }} SlackFile
 *
 * @typedef {object} Message
 * @property {string} channel
 * @property {string} ts
 * @property {string} [thread_ts]
 * @property {string} user
 * @property {string} [bot_id]
 * @property {string} [username]
 * @property {string} text
 * @property {Block[]} [blocks]
 * @property {{ ts: string }} [edited]
 * @property {boolean} [deleted]
 * @property {SlackFile[]} [files]
 * @property {number} [reply_count]
 * @property {string} [subtype]
 * @property {string} [status]
 * @property {boolean} [streaming]
 * @property {{ name: string, users: string[], count: number }[]} [reactions]
 * @property {Block[]} [attachments]
 * @property {string} [to] set on a message that only this user sees
 * @property {boolean} [local] made by the page itself, as Slack's own client does for Slackbot's notes
 *
 * @typedef {object} View
 * @property {string} id
 * @property {string} type
 * @property {Block[]} blocks
 * @property {TextObject} [title]
 * @property {TextObject} [submit]
 * @property {TextObject} [close]
 * @property {string} [hash]
 *
 * @typedef {{ command: string, usage_hint?: string, description?: string, should_escape?: boolean }} Command
 * @typedef {{ name: string, type: 'message' | 'global', callback_id: string, description?: string }} Shortcut
 *
 * @typedef {object} State
 * @property {{ id: string, name: string }} team
 * @property {{ id: string, name: string, botUserId: string, commands: Command[], shortcuts: Shortcut[] }} app
 * @property {User[]} users
 * @property {Group[]} groups
 * @property {Channel[]} channels
 * @property {Message[]} messages
 * @property {Message[]} ephemerals
 * @property {{ user: string, view: View }[]} views
 * @property {Record<string, View>} homes
 * @property {boolean} connected
 * @property {{ code: string, message: string, at: number }[]} [warnings] what Slack accepts and a good app avoids
 *
 * @typedef {{ type: 'message', channel: string, ts: string } | { type: 'view', view_id: string }} Container
 * @typedef {Record<string, any> & { ok?: boolean, error?: string }} Answer
 * @typedef {Record<string, Record<string, Record<string, any>>>} Values by block id, then action id
 */

export {};
