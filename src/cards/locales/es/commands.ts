import type { CommandWords } from '../en/commands.ts';

/** Names of the commands. */
export const commandWords: CommandWords = {
  usageName: 'esim-uso',
  helpName: 'esim-ayuda',
  usageDescription: 'Muestra los datos, llamadas y SMS de una eSIM de Airalo',
  usageHint: '<ICCID>',
  iccidDescription: 'Número (de 18 a 22 cifras) o nombre de la eSIM; varios números, con comas',
  helpDescription: 'Cómo consultar el uso de una eSIM',
  shortcut: 'Consultar uso de eSIM',
  shortcutDescription: 'Muestra el uso de las eSIM que aparecen en este mensaje',
};
