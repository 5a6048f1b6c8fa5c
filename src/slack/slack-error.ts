import { WebAPIPlatformError, WebAPIRateLimitedError } from '@slack/web-api';

/** Slack's own name of an error, `not_in_channel`; absent for failures of the connection. */
export function slackErrorCode(error: unknown): string | undefined {
  return error instanceof WebAPIPlatformError ? error.data.error : undefined;
}

/** Seconds to wait, where Slack said that too much was sent. */
export function retryAfterSeconds(error: unknown): number | undefined {
  return error instanceof WebAPIRateLimitedError ? error.retryAfter : undefined;
}

/** The app cannot write there, whatever it writes. */
const cannotPostCodes = new Set([
  'not_in_channel',
  'channel_not_found',
  'is_archived',
  'restricted_action',
  'restricted_action_read_only_channel',
  'restricted_action_thread_only_channel',
  'restricted_action_non_threadable_channel',
  'restricted_action_thread_locked',
  'cannot_reply_to_message',
  'messages_tab_disabled',
  'ekm_access_denied',
  'team_access_not_granted',
  'no_permission',
  'not_allowed_token_type',
]);

/** Slack did not like the form of the message; the same words as plain text go through. */
const badFormCodes = new Set([
  'invalid_blocks',
  'invalid_blocks_format',
  'invalid_attachments',
  'msg_blocks_too_long',
  'msg_too_long',
  'too_many_attachments',
  'no_text',
]);

const badMetadataCodes = new Set([
  'metadata_too_large',
  'invalid_metadata_format',
  'invalid_metadata_schema',
  'metadata_must_be_sent_from_app',
]);

/** The message is not there to be edited any more. */
const goneCodes = new Set([
  'message_not_found',
  'cant_update_message',
  'edit_window_closed',
  'is_inactive',
  'streaming_state_conflict',
]);

export function isCannotPost(error: unknown): boolean {
  return cannotPostCodes.has(slackErrorCode(error) ?? '');
}

export function isBadForm(error: unknown): boolean {
  return badFormCodes.has(slackErrorCode(error) ?? '');
}

export function isBadMetadata(error: unknown): boolean {
  return badMetadataCodes.has(slackErrorCode(error) ?? '');
}

export function isGone(error: unknown): boolean {
  return goneCodes.has(slackErrorCode(error) ?? '');
}
