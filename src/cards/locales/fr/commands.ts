import type { CommandWords } from '../en/commands.ts';

/** Names of the commands. */
export const commandWords: CommandWords = {
  usageName: 'esim-usage',
  helpName: 'esim-aide',
  usageDescription: 'Affiche les données, appels et SMS d’une eSIM Airalo',
  usageHint: '<ICCID>',
  iccidDescription: 'Numéro (18 à 22 chiffres) ou nom de l’eSIM ; plusieurs numéros avec des virgules',
  helpDescription: 'Comment demander l’usage d’une eSIM',
  shortcut: 'Vérifier l’usage eSIM',
  shortcutDescription: 'Affiche l’usage des eSIM nommées dans ce message',
};
