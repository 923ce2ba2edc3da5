import type { Attachment, Message, MessageSnapshot } from 'discord.js';
import type { AttachedFile } from '../chat/list-upload.ts';

/** The files of a message, and of those it forwards (`message_snapshots`), as deep as they are nested. */
export function filesOf(message: Message | MessageSnapshot): AttachedFile[] {
  const forwarded = 'messageSnapshots' in message ? [...(message.messageSnapshots?.values() ?? [])] : [];
  return [...[...(message.attachments?.values() ?? [])].map(attachedFile), ...forwarded.flatMap(filesOf)];
}

/** A file of a message, or of a command's option. Its address is signed, and works for about a day. */
export function attachedFile({ name, contentType, size, url }: Attachment): AttachedFile {
  return { name, contentType: contentType ?? '', size, url };
}
