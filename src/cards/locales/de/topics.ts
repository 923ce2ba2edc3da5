import { ICCID_EXAMPLE } from '../../../domain/iccid.ts';
import type { Line, Span } from '../../card.ts';
import type { Figures } from '../../figures.ts';
import { code, mentions, preposed, strong } from '../../spans.ts';
import type { TopicWords } from '../../topic-words.ts';

const at = (when: Span | 'now'): Line => (when === 'now' ? ['jetzt'] : preposed(when, 'um ', 'am '));

/** See the English section. */
export function topicWords({ number, minutes, counted, either }: Figures): TopicWords {
  const titles = {
    packages: 'Pakete',
    esim: 'Angaben',
    topups: 'Aufladungen',
    install: 'Installation',
    balance: 'Airalo-Guthaben',
    devices: 'Geräte',
  } as const;
  return {
    esimTitle: (topic, masked) => `${titles[topic]} zur eSIM ${masked}`,
    titles,
    buttons: { packages: 'Pakete', esim: 'Angaben', topups: 'Aufladungen', install: 'Installieren' },
    needsIccid: (example) => ['Welche eSIM? Bitte die ICCID angeben: ', example],
    tooMany: (found, most) => [
      `Das sind ${number(found)} ICCIDs; beantworten lässt sich das für ${number(most)} auf einmal. Bitte weniger senden.`,
    ],
    askAgain: (because, when) =>
      ({
        'rate-limited': [
          'Airalo lässt das ',
          ...at(when),
          ' wieder abfragen. Bitte dann noch einmal fragen: Von selbst kommt nichts.',
        ],
        'airalo-unavailable': ['Airalo antwortet gerade nicht. Bitte ', ...at(when), ' noch einmal fragen.'],
        busy: ['Viele Fragen sind gerade zu Airalo unterwegs. Bitte ', ...at(when), ' noch einmal fragen.'],
      })[because],
    packages: {
      line: ({ title, isTopUp, status, left, startedAt, end }) => [
        title,
        isTopUp ? ' (Aufladung): ' : ': ',
        status,
        ...(left === undefined ? [] : [`, ${left}`]),
        ...(startedAt === undefined ? [] : [', Beginn ', startedAt]),
        ...(end === undefined
          ? []
          : [{ ends: ', endet ', ended: ', beendet ', 'used-up': ', verbraucht ' }[end.kind], end.at]),
      ],
      older: (count) => [`Und ${number(count)} ältere.`],
      none: ['Airalo führt kein Paket zu dieser eSIM.'],
      nameless: 'Paket',
    },
    esim: {
      labels: {
        package: 'Paket',
        order: 'Bestellung',
        ordered: 'Bestellt',
        note: 'Notiz zur Bestellung',
        brand: 'Marke',
        validity: 'Gültigkeit',
        data: 'Datenvolumen',
        roaming: 'Datenroaming',
        apn: 'APN',
        withdrawn: 'Zurückgezogen',
      },
      days: (count) => counted(count, { one: 'Tag', other: 'Tage' }),
      roamingOn: 'Muss eingeschaltet sein',
      unbranded: 'Keine',
      sharingLink: 'Seite der eSIM öffnen',
      accessCode: (given) => [', Zugangscode ', given],
      notShared: ['Für diese eSIM gibt es keinen Freigabelink.'],
      secret: [
        'Mit dem Link und dem Code lässt sich diese eSIM ansehen und installieren: bitte nur an die Kundin oder den Kunden geben.',
      ],
    },
    topups: {
      line: ({ title, minutes: calls, messages, netPrice, price }) => [
        title,
        ...(calls === undefined ? [] : [`, ${minutes(calls)}`]),
        ...(messages === undefined
          ? []
          : [`, ${counted(messages, { one: 'Nachricht', other: 'Nachrichten' })}`]),
        ...(netPrice === undefined ? [] : [`; Einkaufspreis ${netPrice}`]),
        ...(price === undefined ? [] : [`; empfohlen ${price}`]),
      ],
      more: (count) => [`Und ${number(count)} weitere.`],
      none: ['Airalo bietet für diese eSIM keine Aufladung an.'],
      pricesHidden: ['Preise sehen nur Personen, die das Guthaben einsehen dürfen.'],
      noBuying: [
        'Hier wird nur gezeigt, was es gibt; bestellt wird eine Aufladung im eigenen Shop oder in der Airalo Partner Platform.',
      ],
    },
    install: {
      qrCode: 'QR-Code öffnen',
      appleLink: 'Direkt auf einem iPhone installieren (ab iOS 17.4)',
      activationCode: (given) => ['Aktivierungscode: ', given],
      systems: { ios: 'iPhone und iPad', android: 'Android' },
      byQrCode: 'mit dem QR-Code',
      byHand: 'von Hand',
      network: 'nach der Installation',
      none: ['Airalo hat keine Anleitung für diese eSIM.'],
      otherLanguages: (example) => ['In der Sprache der Kundin oder des Kunden: ', example],
      secret: ['Damit lässt sich die eSIM installieren: bitte nur an die Kundin oder den Kunden senden.'],
    },
    balance: {
      account: 'Verfügbar',
      none: ['Airalo nennt kein Konto mit Guthaben.'],
      needsGroup: (groupIds) => [
        'Um das Guthaben zu sehen, braucht es ',
        ...either(mentions('group', groupIds, 'andere')),
        '. Bitte an die Administration wenden.',
      ],
      notSetUp: (setting) => [
        'Noch darf hier niemand das Guthaben sehen. Wer den Bot betreibt, legt das mit ',
        setting,
        ' fest.',
      ],
      checkFailed: [
        'Es ließ sich nicht prüfen, ob das Guthaben eingesehen werden darf. Bitte in einer Minute noch einmal versuchen.',
      ],
    },
    devices: {
      askModel: (example) => ['Welches Telefon oder Tablet? Bitte das Modell angeben: ', example],
      found: (count, asked) => [
        `Airalos Liste nennt ${counted(count, { one: 'Gerät', other: 'Geräte' })} zu `,
        asked,
        ':',
      ],
      none: (asked) => [
        'Airalos Liste nennt kein Gerät zu ',
        asked,
        '. Bitte die Schreibweise prüfen; ein Gerät, das nicht auf der Liste steht, unterstützt wahrscheinlich keine eSIM.',
      ],
      more: (count) => [`Und ${number(count)} weitere. Bitte mehr vom Namen angeben.`],
      caveat: [
        'Dasselbe Modell kann in manchen Ländern ohne eSIM verkauft werden, und ein gesperrtes Telefon nimmt keine fremde.',
      ],
    },
    help: (command) => [
      [
        strong('Mehr über eine eSIM: '),
        'vor die Nummer ',
        ...either([[code('packages')], [code('esim')], [code('topups')], [code('install')]]),
        ' setzen, zum Beispiel ',
        code(`${command} packages ${ICCID_EXAMPLE}`),
        '.',
      ],
      [
        strong('Außerdem: '),
        code('/esim-devices iPhone 13'),
        ' sagt, ob ein Telefon eSIMs unterstützt, ',
        code('/esim-balance'),
        ' zeigt das verbleibende Airalo-Guthaben.',
      ],
    ],
  };
}
