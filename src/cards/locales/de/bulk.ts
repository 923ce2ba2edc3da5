import type { Figures } from '../../figures.ts';
import type { BulkWords } from '../en/bulk.ts';

/** The words about lists in German. */
export function bulkWords({ number, counted }: Figures): BulkWords {
  const rows = (count: number) => counted(count, { one: 'Zeile', other: 'Zeilen' });
  const next = (until: string | undefined) =>
    until === undefined ? '' : `; ein neuer ist ab ${until} möglich`;
  const readable = (until: string | undefined) => (until === undefined ? '' : `; ab ${until} ist es möglich`);
  return {
    title: 'eSIM-Liste',
    label: 'Gelesen',
    progress: (done, total) => `${number(done)} von ${number(total)}`,
    minutesLeft: (minutes) =>
      minutes === 0 ? ['Noch weniger als eine Minute.'] : [`Noch etwa ${number(minutes)} Min.`],
    waiting: (count, until) => [
      `Für ${counted(count, { one: 'eSIM', other: 'eSIMs' })} bittet Airalo um Geduld; alle sind lesbar ab `,
      until,
      '.',
    ],
    comesHere: ['Die Antwort kommt als CSV hierher. Sie brauchen nicht zu warten.'],
    cancel: 'Abbrechen',
    taking: ['Ich lese Ihre Liste …'],
    inDirectMessage: ['Die Antwort auf diese Liste kommt in unserer Direktnachricht.'],
    finished: (count) => [`Ihre Liste: ${rows(count)} beantwortet.`],
    counts: {
      read: (count) => `${number(count)} gelesen`,
      older: (count) => `${number(count)} mit einem älteren Stand`,
      unknown: (count) => `${number(count)} bei Airalo unbekannt`,
      unread: (count) => `${number(count)} nicht lesbar`,
      invalid: (count) => `${rows(count)} ohne ICCID`,
      repeated: (count) => `${counted(count, { one: 'Wiederholung', other: 'Wiederholungen' })} ausgelassen`,
      elsewhere: (count) =>
        `${counted(count, { one: 'ICCID', other: 'ICCIDs' })} in einer anderen Spalte ausgelassen`,
    },
    cancelled: (done, total) => [
      `Abgebrochen nach ${number(done)} von ${number(total)}. `,
      'Was gelesen wurde, bleibt erhalten: Senden Sie die Liste erneut, um dort weiterzumachen.',
    ],
    unsent: [
      'Ihre Liste ist gelesen, aber die Datei ließ sich nicht hierher bringen. Der Betreiber des Bots sieht den Grund im Log. ',
      'Was gelesen wurde, bleibt erhalten; bitte senden Sie die Liste später erneut.',
    ],
    refusals: {
      spreadsheet: [
        'Das ist eine Tabellenkalkulation. Bitte speichern Sie sie als CSV und senden Sie diese.',
      ],
      'not-text': ['Diese Datei enthält keinen Text. Bitte senden Sie eine CSV-Datei.'],
      'no-iccids': [
        'In dieser Datei finde ich keine ICCID. Sie braucht eine Spalte davon: je 18 bis 22 Ziffern, mit der Überschrift ICCID oder ohne.',
      ],
      'digits-lost': [
        'Eine Tabellenkalkulation hat die ICCIDs in dieser Datei gerundet (8,94E+18 oder Nullen am Ende): Die letzten Ziffern sind verloren. ',
        'Bitte formatieren Sie die Spalte als Text, bevor die Nummern hineinkommen, und exportieren Sie neu.',
      ],
      'other-file': [
        'Listen kann ich nur als CSV lesen. Für eine einzelne eSIM schreiben Sie mir ihre Nummer.',
      ],
      'several-files': ['Bitte senden Sie eine Liste nach der anderen.'],
      'only-in-direct-message': [
        'Bitte senden Sie mir die Liste als Direktnachricht: Hier würden andere die Nummern sehen.',
      ],
      'not-fetched': ['Ich konnte diese Datei nicht abrufen. Bitte senden Sie sie in einer Minute erneut.'],
      'one-at-a-time': [
        'Ihre letzte Liste ist noch nicht fertig. Bitte warten Sie darauf, oder brechen Sie sie ab.',
      ],
      'not-stored': ['Ich konnte diese Liste nicht vormerken. Bitte senden Sie sie in einer Minute erneut.'],
    },
    tooLarge: (mostKb) => [`Diese Datei ist zu groß: Eine Liste darf ${number(mostKb)} KB haben.`],
    broken: (line) => [`Diese CSV-Datei kann ich nicht lesen: Ab Zeile ${number(line)} stimmt etwas nicht.`],
    tooMany: (found, most) => [
      `Diese Liste hat ${number(found)} Zeilen und darf ${number(most)} haben. Bitte senden Sie sie in Teilen.`,
    ],
    tooManyCells: (most) => [
      `Diese Datei hat mehr als ${number(most)} Zellen. Bitte senden Sie nur die Spalte mit den ICCIDs.`,
    ],
    dayUsedUp: (most, left, until) => [
      `Pro Tag und Person gibt es ${number(most)} eSIMs aus Listen, davon sind für Sie noch ${number(left)} übrig. Weitere ab `,
      until,
      '.',
    ],
    notes: {
      older: {
        'rate-limited': (until) => `Älterer Stand: Airalo bittet um Geduld${next(until)}.`,
        'airalo-unavailable': (until) => `Älterer Stand: Airalo hat nicht geantwortet${next(until)}.`,
        'operator-needed': (until) => `Älterer Stand: Der Bot erreicht Airalo nicht${next(until)}.`,
      },
      unread: {
        'rate-limited': (until) => `Nicht gelesen: Airalo bittet um Geduld${readable(until)}.`,
        'airalo-unavailable': (until) => `Nicht gelesen: Airalo hat nicht geantwortet${readable(until)}.`,
        'operator-needed': (until) => `Nicht gelesen: Der Bot erreicht Airalo nicht${readable(until)}.`,
      },
      unknown: (checkDigitOff) =>
        checkDigitOff
          ? 'Airalo kennt diese eSIM nicht. Die Prüfziffer stimmt nicht: Vielleicht ist eine Ziffer vertippt.'
          : 'Airalo kennt diese eSIM nicht.',
      declined: (detail) => `Airalo lehnt ab: ${detail}`,
      noFigures: 'Airalo meldet für diese eSIM keinen Verbrauch.',
      invalid(problem) {
        switch (problem.kind) {
          case 'empty':
            return 'Keine ICCID in dieser Zeile.';
          case 'not-digits':
            return 'Keine ICCID: Nötig sind 18 bis 22 Ziffern.';
          case 'too-short':
            return `Keine ICCID: ${number(problem.digits)} Ziffern, nötig sind 18 bis 22.`;
          case 'too-long':
            return `Keine ICCID: ${number(problem.digits)} Ziffern, höchstens 22 sind möglich.`;
          case 'several':
            return `${number(problem.found)} ICCIDs in einer Zeile: Erwartet wird eine.`;
          case 'rounded':
            return 'Von einer Tabellenkalkulation gerundet: Die letzten Ziffern sind verloren. Spalte als Text formatieren und neu exportieren.';
          default:
            return problem satisfies never;
        }
      },
    },
  };
}
