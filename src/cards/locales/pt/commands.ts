import type { CommandWords } from '../en/commands.ts';

/** Names of the commands. */
export const commandWords: CommandWords = {
  usageName: 'esim-uso',
  helpName: 'esim-ajuda',
  usageDescription: 'Mostra os dados, chamadas e SMS de um eSIM da Airalo',
  usageHint: '<ICCID>',
  iccidDescription: 'Número (18 a 22 dígitos) ou nome do eSIM; vários números separados por vírgula',
  helpDescription: 'Como consultar o uso de um eSIM',
  shortcut: 'Verificar uso do eSIM',
  shortcutDescription: 'Mostra o uso dos eSIMs citados nesta mensagem',
};
