/** Whether a message in a conversation with the bot is a question of a person's. */
type Verdict = 'question' | 'nothing';

/**
 * Slack's docs, message event, "message subtypes". A subtype that is not here is a notice of Slack's own making, and
 * nobody waits for an answer to it.
 */
const QUESTIONS: Readonly<Record<string, Verdict>> = {
  /** With a file or several. */
  file_share: 'question',
  /** A reply in a thread, sent to the conversation as well; it comes instead of the plain message. */
  thread_broadcast: 'question',
  /** Its name in older workspaces. */
  reply_broadcast: 'question',
  /** Written with `/me`. */
  me_message: 'question',
  /** A forward, as older clients send it. */
  message_share: 'question',
  /** Words of a bot or an integration: answering them would be a loop. */
  bot_message: 'nothing',
  /** An edit, also the one by which Slack adds the preview of a link: no new question. */
  message_changed: 'nothing',
  message_deleted: 'nothing',
  message_replied: 'nothing',
  tombstone: 'nothing',
  ekm_access_denied: 'nothing',
  file_comment: 'nothing',
  file_mention: 'nothing',
  pinned_item: 'nothing',
  unpinned_item: 'nothing',
  reminder_add: 'nothing',
  channel_join: 'nothing',
  channel_leave: 'nothing',
  channel_topic: 'nothing',
  channel_purpose: 'nothing',
  channel_name: 'nothing',
  channel_archive: 'nothing',
  channel_unarchive: 'nothing',
  channel_posting_permissions: 'nothing',
  channel_convert_to_private: 'nothing',
  group_join: 'nothing',
  group_leave: 'nothing',
  group_topic: 'nothing',
  group_purpose: 'nothing',
  group_name: 'nothing',
  group_archive: 'nothing',
  group_unarchive: 'nothing',
  bot_add: 'nothing',
  bot_remove: 'nothing',
  bot_enable: 'nothing',
  bot_disable: 'nothing',
  huddle_thread: 'nothing',
  assistant_app_thread: 'nothing',
  document_mention: 'nothing',
};

/** The part of an event that tells. */
export interface MessageKind {
  readonly channel_type?: string | undefined;
  readonly subtype?: string | undefined;
  readonly user?: string | undefined;
  readonly bot_id?: string | undefined;
}

/**
 * In a direct message everything that a person writes; in channels and groups only mentions, which have an event of
 * their own.
 */
export function isQuestion(message: MessageKind): boolean {
  return message.channel_type === 'im' && isMeant(message);
}

/** Of a person, and no notice: for mentions, whatever conversation they stand in. */
export function isMeant({ subtype, user, bot_id: botId }: MessageKind): boolean {
  if (user === undefined || botId !== undefined) return false;
  return subtype === undefined || QUESTIONS[subtype] === 'question';
}
