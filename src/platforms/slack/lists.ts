import { wordsFor } from '../../cards/words.ts';
import type { Clock } from '../../clock.ts';
import type { BulkBoard, BulkFile } from '../../usage/bulk-board.ts';
import type { DeliveryContext, DeliveryOutcome } from '../../usage/platform.ts';
import { createListBoard, outcomeOf } from '../chat/lists.ts';
import { readerOf, type Stored } from '../chat/seam.ts';
import { addressOf, type Place } from './address.ts';
import type { SlackChat } from './chat.ts';
import { isShared, shareFile, uploadFile } from './files.ts';
import { mrkdwnLine } from './mrkdwn.ts';
import { content } from './pen.ts';
import { callSlack, type SlackClient } from './web.ts';

/**
 * Slack shares a file some time after it said so; now and then it never does (slackapi/node-slack-sdk, bolt-js
 * #2115).
 */
const LOOKS = 4;
const LOOK_EVERY_MS = 1_500;
/** What is not there by then was dropped, and is shared again. */
const DROPPED_AFTER_MS = 120_000;
const LOOK_AGAIN_MS = 15_000;

/** Lists on their way out: the message that fills, and the file. */
export function createSlackListBoard(parts: {
  readonly chat: SlackChat;
  readonly client: SlackClient;
  readonly clock: Clock;
}): BulkBoard {
  const { chat, client, clock } = parts;

  async function send(
    stored: Stored<Place>,
    file: BulkFile,
    context: Omit<DeliveryContext, 'stage'>,
  ): Promise<DeliveryOutcome> {
    const { ctx: place } = stored;
    const channel = place.message?.channel ?? place.channelId;
    let { file: noted } = place;
    /** Kept in memory and in the store alike: the steps below go by what was noted last. */
    const note = (changed: Place['file']) => {
      noted = changed;
      return context.saveAddress(addressOf({ ...place, file: changed }, stored));
    };
    if (noted?.sharedAt !== undefined) {
      const known = await isShared(clock, client, noted.id, channel);
      if (known.kind === 'ok' && known.value) return { kind: 'delivered', route: 'file (found)' };
      if (known.kind === 'retry') return known;
      if (clock.now() < noted.sharedAt + DROPPED_AFTER_MS) return notSharedYet();
    }
    if (!noted) {
      const uploaded = await uploadFile(clock, client, file);
      if (uploaded.kind !== 'ok') return outcomeOf(uploaded, 'upload');
      noted = { id: uploaded.value };
    }
    // Durable before it is shown: after a crash it is looked for, not sent anew.
    await note({ ...noted, sharedAt: clock.now() });
    const words = wordsFor(place.locale).bulk;
    const comment = mrkdwnLine(words.finished(file.rows), readerOf(place));
    const thread = place.threadTs === undefined ? {} : { threadTs: place.threadTs };
    const target = { channel, comment, title: file.name, ...thread };
    const shared = await shareFile(clock, client, noted.id, target);
    // Slack does not know the upload any more: it is made anew at the next attempt.
    if (shared.kind === 'closed' && shared.error === 'file_not_found') {
      await note(undefined);
      return { kind: 'retry', error: shared.error };
    }
    if (shared.kind !== 'ok') return outcomeOf(shared, 'share');
    return seen(noted.id, channel);
  }

  /** Looks until Slack shows the file, some seconds at most; after that the worker comes back. */
  async function seen(fileId: string, channel: string): Promise<DeliveryOutcome> {
    for (let look = 0; look < LOOKS; look++) {
      const known = await isShared(clock, client, fileId, channel);
      // Where Slack does not let us look, its word must do.
      if (known.kind === 'ok' ? known.value : known.kind !== 'retry')
        return { kind: 'delivered', route: 'file' };
      await clock.sleep(LOOK_EVERY_MS);
    }
    return notSharedYet();
  }

  function notSharedYet(): DeliveryOutcome {
    return { kind: 'retry', error: 'the file is not shared yet', notBefore: clock.now() + LOOK_AGAIN_MS };
  }

  return createListBoard({
    chat,
    clock,
    edit(place, message) {
      if (!place.message) return undefined;
      const { channel, ts } = place.message;
      return callSlack(clock, () => client.chat.update({ channel, ts, ...content(message) }));
    },
    send,
  });
}
