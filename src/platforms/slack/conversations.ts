import { z } from 'zod';
import { wordsFor } from '../../cards/words.ts';
import { type Asked, readQuestion } from '../../inquiries/question.ts';
import type { Place } from './address.ts';
import { content } from './delivery.ts';
import type { DoorParts } from './doors.ts';
import { inspectFiles, type SharedFile } from './shared-files.ts';
import { messageSurface, type Surface } from './surface.ts';
import { callSlack } from './web.ts';

const posted = z.object({ channel: z.string(), ts: z.string() });
const conversation = z.object({ channel: z.object({ id: z.string() }) });

/** Answers in the direct message with a person, and lists from elsewhere that are answered there. */
export function createConversations({
  client,
  answering,
  lists,
  patiently,
  clock,
  log,
}: Pick<DoorParts, 'client' | 'answering' | 'lists' | 'patiently' | 'clock' | 'log'>) {
  /** The placeholder comes first: it is the message that every later answer edits. */
  async function answer(place: Place, asked: Asked, shared: readonly SharedFile[]): Promise<void> {
    const files = await inspectFiles(clock, client, shared);
    const asList = lists.concerns(files, readQuestion(asked.text).kind !== 'none');
    const at = await firstLine(place, asList, place.channelId);
    if (!at) return;
    const surface = messageSurface(clock, client, at);
    const here = { ...place, message: at };
    await (asList ? lists.answer(here, files, surface) : answerAsked(here, asked, surface));
  }

  function answerAsked(place: Place, asked: Asked, surface: Surface): Promise<void> {
    return asked.kind === 'typed'
      ? answering.answerText(place, asked.text, surface)
      : answering.answerMessage(place, asked.text, surface);
  }

  /** A message of our own in a direct message, which can be edited for ever; undefined where it could not be sent. */
  async function firstLine(
    place: Place,
    asList: boolean,
    conversation: string,
  ): Promise<Place['message'] | undefined> {
    const words = wordsFor(place.locale);
    const thread = place.threadTs === undefined ? {} : { thread_ts: place.threadTs };
    const placeholder = answering.notice(
      place,
      asList ? words.bulk.taking : words.chat.checking([], 'private'),
    );
    const sent = await patiently(() =>
      callSlack(clock, async () =>
        posted.parse(
          await client.chat.postMessage({ channel: conversation, ...thread, ...content(placeholder) }),
        ),
      ),
    );
    if (sent.kind !== 'ok') {
      log.error({ requestId: place.questionId, error: sent.error }, 'A direct message could not be answered');
      return undefined;
    }
    const { channel, ts } = sent.value;
    return { channel, ts };
  }

  /** A list that stands in a channel is answered in the direct message with the person: others would see its numbers. */
  async function answerListFrom(
    { threadTs: _thread, ...place }: Place,
    files: readonly SharedFile[],
    surface: Surface,
  ): Promise<void> {
    const refused = await answering.refusalFor(place);
    if (refused) return void (await surface.show(refused));
    const opened = await callSlack(clock, async () =>
      conversation.parse(await client.conversations.open({ users: place.userId })),
    );
    const at = opened.kind === 'ok' ? await firstLine(place, true, opened.value.channel.id) : undefined;
    if (!at) return lists.answerInChannel(place, surface);
    await surface.show(lists.comesInDirectMessage(place));
    await lists.answer({ ...place, message: at }, files, messageSurface(clock, client, at));
  }

  return { answer, answerAsked, answerListFrom };
}
