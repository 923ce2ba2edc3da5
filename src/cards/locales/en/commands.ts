/** How the commands and the shortcut are named where a platform lists them. */
export interface CommandWords {
  /** How Discord shows the commands to readers of the language: `manifests/discord-commands.json` has the same. */
  readonly usageName: string;
  readonly helpName: string;
  /** Of the slash command; at most 100 characters. */
  readonly usageDescription: string;
  /** What stands after the command in Slack's list. */
  readonly usageHint: string;
  /** Of the command's one option (Discord); at most 100 characters. */
  readonly iccidDescription: string;
  readonly helpDescription: string;
  /** The shortcut on a message; at most 24 characters, since Slack cuts it there. */
  readonly shortcut: string;
  readonly shortcutDescription: string;
}

/** Names of the commands. */
export const commandWords: CommandWords = {
  usageName: 'esim-usage',
  helpName: 'esim-help',
  usageDescription: 'Show the data, calls and texts left on an Airalo eSIM',
  usageHint: '<ICCID>',
  iccidDescription: 'The eSIM’s number (18 to 22 digits) or its name; several numbers with commas',
  helpDescription: 'How to ask for the usage of an eSIM',
  shortcut: 'Check eSIM usage',
  shortcutDescription: 'Show the usage of the eSIMs named in this message',
};
