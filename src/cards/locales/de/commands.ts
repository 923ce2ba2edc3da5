import type { CommandWords } from '../en/commands.ts';

/** Names of the commands. */
export const commandWords: CommandWords = {
  usageName: 'esim-nutzung',
  helpName: 'esim-hilfe',
  usageDescription: 'Zeigt Daten, Anrufe und SMS einer Airalo-eSIM',
  usageHint: '<ICCID>',
  iccidDescription: 'Nummer (18 bis 22 Ziffern) oder Name der eSIM, mehrere Nummern mit Komma',
  helpDescription: 'So fragt man nach der Nutzung einer eSIM',
  shortcut: 'eSIM-Nutzung prüfen',
  shortcutDescription: 'Zeigt die Nutzung der eSIMs, die in dieser Nachricht stehen',
};
