import { maskIccid } from '../../../domain/iccid.ts';
import type { Figures } from '../../figures.ts';
import { code, copyables, instant, mention } from '../../spans.ts';
import type { ChatWords } from '../en/chat.ts';
import { EXAMPLE, ICCID_FORM } from './refusal.ts';

/** What is said outside a card. */
export function chatWords({ number, counted }: Figures): ChatWords {
  return {
    checking(iccids, audience) {
      const [only] = iccids;
      if (only === undefined) return ['Einen Moment …'];
      if (iccids.length > 1)
        return [`Prüfung läuft: ${counted(iccids.length, { one: 'eSIM', other: 'eSIMs' })} …`];
      return ['Prüfung läuft: eSIM ', audience === 'public' ? maskIccid(only) : code(only), ' …'];
    },
    tooMany: (found, most) => [
      `Ich habe ${number(found)} ICCIDs gefunden und kann ${number(most)} auf einmal prüfen. Bitte weniger senden.`,
    ],
    leftOut: (most, which) => [
      `Ich prüfe ${number(most)} auf einmal. Ausgelassen, bitte danach erneut fragen: `,
      ...copyables(which),
      '.',
    ],
    changed: (given) => [
      'Ausgelassen, weil eine Tabellenkalkulation sie verändert hat: ',
      ...copyables(given),
      '.',
    ],
    nothingReadable: [`Darin finde ich keine ICCID. ${ICCID_FORM}. `, ...EXAMPLE],
    cardTooOld: (command) => [
      'Diese Antwort ist zu alt dafür. Bitte erneut fragen: ',
      code(`${command} ICCID`),
    ],
    notYours: ['Das kann nur die Person, die gefragt hat. Eine eigene Frage ist möglich.'],
    refreshNotBefore: (time) => [
      'Diese eSIM kann bei Airalo ab ',
      instant(time, 'time'),
      ' wieder abgefragt werden.',
    ],
    promiseMade: (time) => ['Ich melde mich um ', instant(time, 'time'), '.'],
    promiseCancelled: ['Abgebrochen. Diese Frage beantworte ich nicht mehr.'],
    promiseNotCancelled: ['Das ließ sich nicht abbrechen: es war schon beantwortet oder abgebrochen.'],
    alreadyWorking: ['Ich bin schon dabei.'],
    sharedBy: (personId) => ['Geteilt von ', mention('person', personId)],
    answerReady: (personId) => [
      ...(personId === undefined ? [] : [mention('person', personId), ' ']),
      'Die Antwort zur eSIM ist da.',
    ],
    failure: (reference) => [
      'Bei mir ist etwas schiefgegangen. Bitte in einer Minute erneut versuchen.',
      ...(reference === undefined
        ? []
        : [
            ' Falls es wieder vorkommt, dem Betreiber des Bots bitte diese Kennung nennen: ',
            code(reference),
          ]),
    ],
    inviteFirst: [
      'Ich bin nicht in diesem Kanal und kann hier nichts teilen. Bitte mit ',
      code('/invite'),
      ' einladen und den Knopf noch einmal drücken.',
    ],
    mayNotPost: [
      'Ich darf in diesem Kanal nicht schreiben. Die Administration kann mir „Kanal anzeigen“, „Nachrichten senden“ und „Links einbetten“ erlauben.',
    ],
    privately: ['Ich antworte vertraulich: nur wer den Knopf drückt, sieht die Antwort.'],
    notShared: ['Das Teilen hat gerade nicht geklappt. Bitte in einer Minute erneut versuchen.'],
    notUnderstood: ['Darin konnte ich keine ICCID finden.'],
  };
}
