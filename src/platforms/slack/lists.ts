import { bulkCard } from '../../cards/bulk-card.ts';
import type { Card } from '../../cards/card.ts';
import { wordsFor } from '../../cards/words.ts';
import type { Clock } from '../../clock.ts';
import type { SlackSettings } from '../../config.ts';
import type { BulkFace, BulkRefusal } from '../../domain/bulk.ts';
import type { Log } from '../../ops/log.ts';
import type { BulkBoard, BulkDesk, BulkFile } from '../../usage/bulk-board.ts';
import type { DeliveryContext, DeliveryOutcome, ReplyAddress } from '../../usage/platform.ts';
import { type AttachedFile, notAllowedCard, takeList } from '../list-upload.ts';
import {
  addressOf,
  askerOf,
  messageKeyOf,
  type Place,
  routesOf,
  type SlackRoutes,
  withRoutes,
} from './address.ts';
import type { Answering } from './answering.ts';
import { type SlackMessage, slackMessage } from './block-kit.ts';
import { content } from './delivery.ts';
import { writing } from './drawing.ts';
import { fetchFile, isShared, shareFile, uploadFile } from './files.ts';
import { mrkdwnLine } from './mrkdwn.ts';
import type { Surface } from './surface.ts';
import { callSlack, type SlackClient, type SlackResult } from './web.ts';

/** What lists in Slack need. */
export interface ListParts {
  readonly client: SlackClient;
  readonly settings: Pick<SlackSettings, 'botToken' | 'apiUrl'>;
  readonly bulk: BulkDesk;
  readonly answering: Answering;
  readonly clock: Clock;
  readonly log: Log;
}

/** Slack shares a file some time after it said so; now and then it never does (slackapi/node-slack-sdk, bolt-js #2115). */
const LOOKS = 4;
const LOOK_EVERY_MS = 1_500;
/** What is not there by then was dropped, and is shared again. */
const DROPPED_AFTER_MS = 120_000;
const LOOK_AGAIN_MS = 15_000;

/** Lists on their way in: a file in the direct message, and the press on Cancel. */
export function createListDoor({ settings, bulk, answering, clock, log }: Omit<ListParts, 'client'>) {
  return {
    /** Whether the files are what the message is about. Not so for a picture beside a number. */
    concerns: (files: readonly AttachedFile[], asksSomething: boolean): boolean =>
      files.length > 0 && (!asksSomething || bulk.pick(files).kind === 'list'),

    /** `place.message` is ours: it shows how far the list is from then on. */
    async answer(place: Place, files: readonly AttachedFile[], surface: Surface): Promise<void> {
      const refused = await answering.refusalFor(place);
      if (refused) return void (await surface.show(refused));
      const address = addressOf(place, [], messageKeyOf(place.questionId), '', clock.now());
      const upload = { address, requestId: place.questionId, locale: place.locale };
      const fetch = (url: string, most: number) => fetchFile(clock, settings, url, most);
      const refusal = await takeList(bulk, files, fetch, upload, log);
      if (refusal) await surface.show(refusalMessage(place, refusal));
    },

    /** In a channel: the answer comes in the direct message, of which `place.message` is the first line. */
    comesInDirectMessage: (place: Place): SlackMessage =>
      answering.notice(place, wordsFor(place.locale).bulk.inDirectMessage),

    /** In a channel, where the file is seen by others already: a private word, nothing of it is read. */
    async answerInChannel(place: Place, surface: Surface): Promise<void> {
      const refused = await answering.refusalFor(place);
      await surface.show(refused ?? refusalMessage(place, { kind: 'only-in-direct-message' }));
    },

    async cancel(jobId: string, place: Place, surface: Surface): Promise<void> {
      const face = await bulk.cancel(jobId, askerOf(place));
      if (face) await surface.show(faceMessage(place, face));
    },
  };

  function refusalMessage(place: Place, refusal: BulkRefusal): SlackMessage {
    return faceMessage(place, { kind: 'refused', refusal });
  }
}

/** See `createListDoor`. */
export type ListDoor = ReturnType<typeof createListDoor>;

/** Lists on their way out: the message that fills, and the file. */
export function createListBoard({ client, clock }: Pick<ListParts, 'client' | 'clock'>): BulkBoard {
  async function send(
    address: ReplyAddress,
    file: BulkFile,
    context: Omit<DeliveryContext, 'stage'>,
  ): Promise<DeliveryOutcome> {
    const routes = routesOf(address);
    if (!routes) return { kind: 'undeliverable', reason: 'The stored address cannot be read' };
    const channel = routes.message?.channel ?? routes.channelId;
    let { file: noted } = routes;
    const note = (changed: SlackRoutes['file']) => {
      noted = changed;
      return context.saveAddress(withRoutes(address, { ...routes, file: changed }));
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
    const words = wordsFor(routes.locale).bulk;
    const comment = mrkdwnLine(words.finished(file.rows), writing(routes));
    const thread = routes.threadTs === undefined ? {} : { threadTs: routes.threadTs };
    const target = { channel, comment, title: file.name, ...thread };
    const shared = await shareFile(clock, client, noted.id, target);
    if (shared.kind === 'closed' && shared.error === 'file_not_found') {
      await note(undefined);
      return { kind: 'retry', error: shared.error };
    }
    if (shared.kind !== 'ok') return outcomeOf(shared, 'share');
    return seen(noted.id, channel);
  }

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

  async function update(
    address: ReplyAddress,
    draw: (routes: SlackRoutes) => SlackMessage,
  ): Promise<DeliveryOutcome> {
    const routes = routesOf(address);
    if (!routes?.message) return { kind: 'undeliverable', reason: 'No message to edit' };
    const { channel, ts } = routes.message;
    const message = draw(routes);
    const result = await callSlack(clock, () => client.chat.update({ channel, ts, ...content(message) }));
    return result.kind === 'ok' ? { kind: 'delivered', route: 'edit' } : outcomeOf(result, 'edit');
  }

  return {
    send,
    show: (address, face) => update(address, (routes) => faceMessage(routes, face)),
    refuse: (address, decision) =>
      update(address, (routes) => cardMessage(routes, notAllowedCard(decision, routes.locale, clock.now()))),
  };
}

function faceMessage(place: Pick<Place, 'locale' | 'timeZone'>, face: BulkFace): SlackMessage {
  return cardMessage(place, bulkCard(face, place), face.kind === 'reading' ? face.jobId : undefined);
}

function cardMessage(place: Pick<Place, 'locale' | 'timeZone'>, card: Card, handle?: string): SlackMessage {
  return slackMessage([handle === undefined ? { card } : { card, handle }], writing(place));
}

function outcomeOf(result: Exclude<SlackResult<unknown>, { kind: 'ok' }>, step: string): DeliveryOutcome {
  switch (result.kind) {
    case 'retry':
      return result;
    case 'closed':
      return { kind: 'undeliverable', reason: `${step}: ${result.error}` };
    case 'operator':
      return { kind: 'undeliverable', reason: `${step}: ${result.error}`, remedy: result.remedy };
    default:
      return result satisfies never;
  }
}
