import { ICCID_EXAMPLE } from '../../../domain/iccid.ts';
import type { Figures } from '../../figures.ts';
import { code, strong } from '../../spans.ts';
import type { FindWords } from '../en/find.ts';

/** See the English section. */
export function findWords({ number }: Figures): FindWords {
  return {
    title: 'eSIM finden',
    several: (count, asked) => [`${number(count)} eSIMs passen zu „`, asked, '“. Welche?'],
    askedAt: (when) => ['gefragt ', when],
    more: (count) => [`Und ${number(count)} weitere: mehr Ziffern oder mehr vom Namen eingeben.`],
    none: (asked) => ['Keine bekannte eSIM passt zu „', asked, '“.'],
    whatIsFound: [
      'Gefunden werden eSIMs an vier oder mehr ihrer letzten Ziffern (selbst erfragte und vom Team benannte), am Namen aus dem Team und ',
      'an der Nummer einer Bestellung, deren Details schon gezeigt wurden.',
    ],
    named: (name, before) => [
      'Diese eSIM heißt jetzt ',
      name,
      ...(before === undefined ? ['.'] : ['. Vorher hieß sie ', before, '.']),
    ],
    forEverybody: ['Alle im Team finden sie unter diesem Namen.'],
    taken: (name, masked) => [
      'Eine andere eSIM heißt schon ',
      name,
      `: ${masked}. Bitte einen anderen Namen wählen oder ihn dort zuerst entfernen.`,
    ],
    full: (most) => [
      `Es gibt schon ${number(most)} Namen. Bitte zuerst einen entfernen: `,
      code('name ICCID remove'),
    ],
    is: (name) => ['Sie heißt ', name, '. Den Namen entfernen: ', code('name ICCID remove')],
    nameless: ['Diese eSIM hat keinen Namen.'],
    removed: ['Der Name ist entfernt.'],
    noName: [
      'Ein Name hat 1 bis 40 Buchstaben und Ziffern, dazwischen Leerzeichen, Binde- oder Unterstriche. Er darf nicht nur aus Ziffern bestehen ',
      'und kein Befehl sein.',
    ],
    howToName: ['Einen Namen geben: ', code(`name ${ICCID_EXAMPLE} anna-trip`)],
    notNow: [
      'Die Namen sind gerade nicht lesbar, geändert wurde nichts. Bitte in einer Minute noch einmal versuchen.',
    ],
    help: (command) => [
      strong('Wiederfinden: '),
      code(`${command} name ${ICCID_EXAMPLE} anna-trip`),
      ' gibt einen Namen; danach genügen ',
      code(`${command} anna-trip`),
      ', die letzten Ziffern oder die Bestellnummer.',
    ],
  };
}
