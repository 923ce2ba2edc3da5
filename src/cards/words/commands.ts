import type { Say } from '../say.ts';

/** How the commands and the shortcut are named where a platform lists them. */
export interface CommandWords {
  /** How Discord shows the commands to readers of the language: `manifests/discord-commands.json` has the same. */
  readonly usageName: string;
  /**
   * Lower case, at most 32 characters, without blanks, as every command's name (Discord's docs, Application Command
   * Naming).
   */
  readonly helpName: string;
  /** Of the slash command; at most 100 characters. */
  readonly usageDescription: string;
  /** What stands after the command in Slack's list. */
  readonly usageHint: string;
  /** Of the command's one option (Discord); at most 100 characters. */
  readonly iccidDescription: string;
  /** At most 100 characters. */
  readonly helpDescription: string;
  /** The shortcut on a message; at most 24 characters, since Slack cuts it there. */
  readonly shortcut: string;
  /** Where Slack's settings show the shortcut; at most 150 characters. */
  readonly shortcutDescription: string;
}

/** Names of the commands. */
export function commandWords({ text }: Say): CommandWords {
  return {
    usageName: text('commands.usageName'),
    helpName: text('commands.helpName'),
    usageDescription: text('commands.usageDescription'),
    usageHint: text('commands.usageHint'),
    iccidDescription: text('commands.iccidDescription'),
    helpDescription: text('commands.helpDescription'),
    shortcut: text('commands.shortcut'),
    shortcutDescription: text('commands.shortcutDescription'),
  };
}
