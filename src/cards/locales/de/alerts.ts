import type { Figures } from '../../figures.ts';
import type { AlertWords } from '../en/alerts.ts';

/** The words of the alert channel in German. */
export function alertWords({ counted, number, percent }: Figures): AlertWords {
  const days = (count: number) => counted(count, { one: 'Tag', other: 'Tagen' });
  const left = (share: number | undefined) => (share === undefined ? '' : `, ${percent(share)} übrig`);
  return {
    usedTitle: (masked, share) => `eSIM ${masked}: ${percent(share)} der Daten verbraucht`,
    endingTitle: (masked, count) => `eSIM ${masked}: endet in ${days(count)}`,
    creditTitle: (share) => `Airalo-Kredit: ${percent(share)} des Rahmens genutzt`,
    used: (share) => [`Airalo warnt: ${percent(share)} der Daten sind verbraucht.`],
    left: (share) => [`Bei der neuesten Warnung waren ${percent(share)} übrig.`],
    ending: (count, warnedAt) => ['Stand ', warnedAt, `: Der Tarif endet in ${days(count)}.`],
    credit: (share) => [`Airalo warnt: ${percent(share)} des Kreditrahmens sind genutzt.`],
    topUp: ['Eventuell ist eine Aufladung möglich, bevor die Verbindung endet.'],
    creditNext: ['Ist der Rahmen ausgeschöpft, nimmt Airalo für dieses Konto keine Bestellungen mehr an.'],
    labels: { package: 'Paket', warnedAt: 'Letzte Warnung', creditLeft: 'Verbleibender Kredit' },
    amount: (value) => number(value),
    takenBy: (who, since) => [...who, ' kümmert sich darum, seit ', since, '.'],
    mutedBy: (who, until) => [
      'Stummgeschaltet von ',
      ...who,
      ': Zu diesem Paket kommt hier nichts mehr bis ',
      until,
      ', oder bis Airalo von Neuem warnt.',
    ],
    somebodyOn: (platform) => [`Jemand auf ${platform}`],
    usedEntry: (at, share, remaining) => [at, `: ${percent(share)} der Daten verbraucht${left(remaining)}.`],
    endingEntry: (at, count) => [at, `: endet in ${days(count)}.`],
    creditEntry: (at, share, remaining) => [
      at,
      `: ${percent(share)} des Kreditrahmens genutzt`,
      remaining === undefined ? '.' : `, ${number(remaining)} übrig.`,
    ],
    actions: {
      show: 'Verbrauch zeigen',
      take: 'Ich kümmere mich',
      mute: 'Stummschalten',
      unmute: 'Nicht mehr stumm',
    },
    held: (who, since, freeAt) => [
      ...who,
      ' kümmert sich darum, seit ',
      since,
      '. Ohne Rückgabe ist die Übernahme möglich ab ',
      freeAt,
      '.',
    ],
    gone: ['Diese Meldung ist zu alt, um noch etwas damit zu tun.'],
    credentialsRefused: (service, setting) => [
      `${service} lehnt die Zugangsdaten des Bots ab (${setting}); bis das behoben ist, kann er dort nicht arbeiten.`,
    ],
    credentialsTaken: (service, setting) => [
      `${service} nimmt die Zugangsdaten des Bots wieder an (${setting}).`,
    ],
    noIccid: ['Die Nummer in dieser Meldung lässt sich bei Airalo nicht abfragen.'],
  };
}
