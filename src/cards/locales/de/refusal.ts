import { ICCID_EXAMPLE, type IccidProblem } from '../../../domain/iccid.ts';
import type { AccessNeed } from '../../../usage/access.ts';
import type { Line, Span } from '../../card.ts';
import type { Figures } from '../../figures.ts';
import { code, mentions, preposed } from '../../spans.ts';
import type { RefusalWords } from '../en/refusal.ts';

/** Said wherever a number was expected. */
export const ICCID_FORM = 'Eine ICCID hat 18 bis 22 Ziffern und beginnt meist mit 89';
/** An ICCID nobody has: the demo's first. */
export const EXAMPLE: Line = ['Beispiel: ', code(ICCID_EXAMPLE)];

/** `ab 14:20`, or `jetzt` when that time has come. */
const from = (when: Span | 'now'): Line => (when === 'now' ? ['jetzt'] : ['ab ', when]);

/** What stands on a card without a figure. */
export function refusalWords(figures: Figures): RefusalWords {
  return {
    titles: {
      'malformed-iccid': 'Welche eSIM?',
      'unknown-esim': 'Unbekannte eSIM',
      'operator-needed': 'Außer Betrieb',
      declined: 'Von Airalo abgelehnt',
      'not-allowed': 'Nicht erlaubt',
      'too-many': 'Zu viele eSIMs',
      'store-unavailable': 'Außer Betrieb',
      'promise-expired': 'Keine Antwort',
      'promise-cancelled': 'Abgebrochen',
    },
    malformed: (problem, given) => whatIsWrong(problem, given, figures),
    example: EXAMPLE,
    unknownEsim: (iccid, checkDigitOff, again) => [
      iccid === undefined ? ['Airalo kennt diese eSIM nicht.'] : ['Airalo kennt diese eSIM nicht: ', iccid],
      checkDigitOff
        ? ['Die Prüfziffer stimmt nicht, wahrscheinlich ein Tippfehler. Bitte jede Ziffer vergleichen.']
        : [
            'Bitte jede Ziffer vergleichen und prüfen, ob die eSIM über das eigene Airalo-Partnerkonto bestellt wurde.',
          ],
      ['Nach derselben Nummer kann ', ...from(again), ' wieder gefragt werden.'],
    ],
    operatorNeeded: [
      [
        'Der Bot erreicht Airalo nicht: Seine Zugangsdaten müssen geprüft werden. Sein Betreiber kann sehen, was zu tun ist.',
      ],
      ['Bitte später erneut versuchen. An der Frage liegt es nicht.'],
    ],
    declined: (detail) => [
      ['Airalo hat die Frage verstanden und abgelehnt. Die Begründung:'],
      [detail],
      ['Falls das nicht weiterhilft, bitte den Partner-Support von Airalo fragen.'],
    ],
    notAllowed: (need) => [whatIsNeeded(need, figures)],
    tooMany: (until) => [
      [
        'Es wurden in kurzer Zeit sehr viele verschiedene eSIMs abgefragt. Bitte ',
        ...from(until),
        ' fortfahren.',
      ],
      ['Nach den bereits abgefragten kann weiterhin gefragt werden.'],
    ],
    storeUnavailable: [
      ['Der Bot kann gerade nicht auf seine Daten zugreifen. Bitte in einigen Minuten erneut versuchen.'],
      ['Wenn es so bleibt, bitte den Betreiber informieren.'],
    ],
    promiseExpired: (askedAt) => [
      [
        'Airalo hat auf die Frage ',
        ...preposed(askedAt, 'von ', 'vom '),
        ' nicht geantwortet, ich versuche es nicht weiter. Bitte erneut fragen.',
      ],
    ],
    promiseCancelled: [['Abgebrochen. Diese Frage beantworte ich nicht mehr.']],
  };
}

function whatIsWrong(problem: IccidProblem, given: Span | undefined, { counted, number }: Figures): Line {
  const has = (digits: number) =>
    `Diese Nummer hat ${counted(digits, { one: 'Ziffer', other: 'Ziffern' })}; eine ICCID hat 18 bis 22.`;
  switch (problem.kind) {
    case 'empty':
      return [`Bitte die ICCID der eSIM angeben. ${ICCID_FORM}.`];
    case 'not-digits':
      return given === undefined
        ? [`Darin finde ich keine ICCID. ${ICCID_FORM}.`]
        : ['Darin finde ich keine ICCID: ', given, ` ${ICCID_FORM}.`];
    case 'rounded':
      return [
        'Eine Tabellenkalkulation hat diese Nummer gerundet. Bitte die Spalte als Text formatieren und die ICCID neu kopieren.',
      ];
    case 'too-short':
    case 'too-long':
      return [has(problem.digits), ...(given === undefined ? [] : [' Angegeben war: ', given])];
    case 'several':
      return [
        `Ich habe ${number(problem.found)} ICCIDs gefunden, erwartet wird eine. Bitte nur eine angeben.`,
      ];
    default:
      return problem satisfies never;
  }
}

function whatIsNeeded(need: AccessNeed, { either }: Figures): Line {
  switch (need.kind) {
    case 'full-member':
      return [
        'Nur Vollmitglieder können hier eSIMs abfragen, keine Gäste und keine Personen anderer Organisationen.',
      ];
    case 'space':
      return ['In diesem Workspace oder auf diesem Server dürfen keine eSIMs abgefragt werden.'];
    case 'channel':
      return [
        'eSIMs dürfen abgefragt werden in ',
        ...either(mentions('channel', need.channelIds, 'weitere')),
        '. Bitte dort fragen.',
      ];
    case 'group':
      return need.groupIds.length === 0
        ? ['Nur Personen aus den Einstellungen des Bots können eSIMs abfragen. Bitte den Betreiber fragen.']
        : [
            'Um eSIMs abzufragen, braucht es ',
            ...either(mentions('group', need.groupIds, 'weitere')),
            '. Bitte die Administration fragen.',
          ];
    case 'steward':
      return [
        'Bis der Betreiber festlegt, wer eSIMs abfragen darf, können es nur Personen, die diesen Server verwalten.',
      ];
    case 'check-failed':
      if (need.because === 'credentials-refused')
        return [
          'Ich konnte nicht prüfen, ob die Abfrage von eSIMs erlaubt ist: Die Zugangsdaten des Bots werden hier abgelehnt. Sein Betreiber kann sehen, was zu tun ist.',
        ];
      return [
        'Ich konnte nicht prüfen, ob die Abfrage von eSIMs erlaubt ist. Bitte in einer Minute erneut versuchen.',
      ];
    default:
      return need satisfies never;
  }
}
