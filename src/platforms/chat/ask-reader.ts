import { findIccids } from '../../domain/iccid.ts';
import { askedWith, type MessageText, readQuestion } from '../../inquiries/question.ts';
import type { Ask } from './ask.ts';
import type { ListIntake } from './lists.ts';

type Files = Extract<Ask, { kind: 'list' }>['files'];

/** From what was written to what is asked. */
export function createAskReader(lists: Pick<ListIntake<never, unknown>, 'concerns'>) {
  return {
    /** What a message with files is about: the list among them, or its text. */
    askOf(said: MessageText, files: Files, inChannel: 'text' | 'mention' | undefined): Ask {
      const { kind, text } = askedWith(said);
      const asks = inChannel === 'mention' ? findIccids(text).length > 0 : readQuestion(text).kind !== 'none';
      if (lists.concerns(files, asks))
        return inChannel
          ? { kind: 'list-in-channel', seenByAll: inChannel === 'mention' }
          : { kind: 'list', files };
      if (kind === 'passed-on' && inChannel !== 'mention') return { kind: 'message', text };
      return { kind: inChannel ?? 'text', text };
    },
    /** What a message of somebody else's is about: the list on it, or the numbers in it. */
    askAbout(text: string, files: Files): Ask {
      const asList = lists.concerns(files, findIccids(text).length > 0);
      return asList ? { kind: 'list-from-channel', files } : { kind: 'message', text };
    },
  };
}
