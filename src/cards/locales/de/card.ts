import type { Line, Span } from '../../card.ts';
import type { Figures } from '../../figures.ts';
import { preposed } from '../../spans.ts';
import type { CardWords } from '../en/card.ts';

const AIRALO_SILENT = 'Airalo antwortet gerade nicht.';
const MANY_AT_ONCE = 'Gerade werden viele eSIMs geprüft.';
const OUT_OF_STEP = 'Beides kann eine Weile auseinanderliegen; eine spätere Aktualisierung bringt Klarheit.';

/** `um 14:20`, or `gleich` when that time has come. */
const at = (when: Span | 'now'): Line => (when === 'now' ? ['gleich'] : preposed(when, 'um ', 'am '));
/** `ab 14:20`, or `jetzt`. */
const from = (when: Span | 'now'): Line => (when === 'now' ? ['jetzt'] : ['ab ', when]);

/** What stands on a card about a reading or a wait. */
export function cardWords({ data, minutes, counted, number, percent, list }: Figures): CardWords {
  const names = { data: 'Datenvolumen', calls: 'Gesprächsminuten', texts: 'SMS' } as const;
  const askAgain = (when: Span | 'now'): Line => ['Bitte ', ...from(when), ' erneut fragen.'];
  const readable = (when: Span | 'now'): Line => [
    'Diese eSIM kann bei Airalo ',
    ...from(when),
    ' wieder abgefragt werden.',
  ];
  return {
    esim: (masked) => `eSIM ${masked}`,
    labels: {
      iccid: 'ICCID',
      status: 'Status',
      ends: 'Gültig bis',
      ended: 'Endete',
      data: 'Daten',
      calls: 'Anrufe',
      texts: 'SMS',
    },
    statuses: {
      NOT_ACTIVE: 'Noch nicht gestartet',
      ACTIVE: 'Aktiv',
      FINISHED: 'Aufgebraucht',
      UNKNOWN: 'Nicht gemeldet',
      EXPIRED: 'Abgelaufen',
      RECYCLED: 'Zurückgezogen',
    },
    nextSteps: {
      NOT_ACTIVE: [
        'Der Tarif hat noch nicht begonnen. Die meisten beginnen, wenn sich die eSIM zum ersten Mal mit einem unterstützten Netz verbindet: ',
        'bitte prüfen, ob sie installiert und eingeschaltet ist und Roaming erlaubt ist.',
      ],
      FINISHED: ['Das Guthaben ist aufgebraucht. Eine Aufladung ist eventuell möglich.'],
      UNKNOWN: [
        'Der Netzbetreiber meldet für diese eSIM keinen Verbrauch. Auf dem Telefon ist er abzulesen. ',
        'iPhone: Einstellungen → Mobilfunk. Samsung: Einstellungen → Verbindungen → Datennutzung. ',
        'Pixel: Einstellungen → Netzwerk und Internet → SIMs → App-Datennutzung.',
      ],
      EXPIRED: [
        'Der Tarif ist abgelaufen, ungenutzte Daten sind verfallen. ',
        'Eventuell lässt sich dieselbe eSIM aufladen; sonst wird eine neue gebraucht.',
      ],
      RECYCLED: [
        'Der Netzbetreiber hat diese eSIM zurückgezogen. Sie lässt sich weder nutzen noch aufladen: ',
        'es wird eine neue eSIM gebraucht.',
      ],
    },
    unseenStatus: [
      'Airalo meldet einen Status, den ich nicht kenne. Alles steht hier so, wie es gemeldet wurde.',
    ],
    low: (kinds) => [
      `Fast aufgebraucht: ${list(kinds.map((kind) => names[kind]))}. Eine Aufladung ist eventuell möglich.`,
    ],
    endingSoon: ['Der Tarif endet bald. Was dann noch übrig ist, verfällt.'],
    activeButEmpty: [`Airalo meldet diese eSIM als aktiv, aber ohne Restdaten. ${OUT_OF_STEP}`],
    activeButPast: [
      `Airalo meldet diese eSIM als aktiv, aber mit einem Enddatum in der Vergangenheit. ${OUT_OF_STEP}`,
    ],
    unlimited: 'Unbegrenzt',
    noAllowance: 'Kein Kontingent gemeldet',
    notKnown: 'Nicht bekannt',
    dataNotKnown(total) {
      if (total === undefined) return 'Nicht bekannt';
      const amount = data({ remaining: total, total }).total;
      return `${amount} im Tarif, Rest nicht bekannt`;
    },
    left(kind, { remaining, total }, share) {
      if (kind === 'data') {
        const amounts = data({ remaining, total });
        return share === undefined
          ? `${amounts.remaining} übrig`
          : `${amounts.remaining} von ${amounts.total} übrig (${percent(share)})`;
      }
      const inUnit = (value: number) =>
        kind === 'calls' ? minutes(value) : counted(value, { other: 'SMS' });
      if (share === undefined) return `${inUnit(remaining)} übrig`;
      return `${number(remaining)} von ${inUnit(total)} übrig (${percent(share)})`;
    },
    asOf(asOf, refreshable) {
      if (refreshable === undefined) return ['Stand: ', asOf, '.'];
      return ['Stand: ', asOf, '; Aktualisierung ', ...from(refreshable), ' möglich.'];
    },
    asOfRetry: (asOf, retry) => ['Stand: ', asOf, '; neuer Versuch ', ...from(retry), ' möglich.'],
    upstreamLag: (minutesBehind) => [
      `Der Wert von Airalo selbst kann bis zu ${minutes(minutesBehind)} älter sein.`,
    ],
    lastReading: [`${AIRALO_SILENT} Dies ist der letzte bekannte Stand.`],
    thisIsTheLast: ['Dies ist der letzte bekannte Stand.'],
    willUpdate: (because, when) => {
      const promise: Line = ['Ich aktualisiere dies ', ...at(when), '.'];
      return {
        'rate-limited': promise,
        'airalo-unavailable': [`${AIRALO_SILENT} `, ...promise],
        busy: [`${MANY_AT_ONCE} `, ...promise],
      }[because];
    },
    willAnswer: (because, when) =>
      ({
        'rate-limited': [...readable(when), ' Ich antworte dann hier.'],
        'airalo-unavailable': [
          `${AIRALO_SILENT} Ich versuche es `,
          ...at(when),
          ' erneut und antworte hier.',
        ],
        busy: [`${MANY_AT_ONCE} Ich antworte hier `, ...at(when), '.'],
      })[because],
    askLater: (because, when) =>
      ({
        'rate-limited': readable(when),
        'airalo-unavailable': [`${AIRALO_SILENT} `, ...askAgain(when)],
        busy: [`${MANY_AT_ONCE} `, ...askAgain(when)],
      })[because],
    notNoted: (when) => [
      'Das ließ sich nicht vormerken, es kommt also nichts von selbst. ',
      ...askAgain(when),
    ],
  };
}
