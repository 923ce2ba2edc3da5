import { isKind, messagesOf, tagsIn, type Usage, usesIn } from './message-files.ts';

const HEADER = `// Made from messages/en.json by \`npm run messages\`; a test compares it. Not to be edited.
import type { Part } from './say.ts';

/** Every message by id, and what it must be given. */
export interface MessageArguments {
`;

/** `src/cards/message-arguments.ts` as the English messages want it: ids and the types of their arguments. */
export function messageTypes(): string {
  const messages = [...messagesOf('en')].sort(([a], [b]) => (a < b ? -1 : 1));
  const rich = messages.filter(([, message]) => tagsIn(message).length > 0).map(([id]) => id);
  return [
    HEADER,
    ...messages.map(([id, message]) => `  '${id}': ${argumentsType(message)};\n`),
    '}\n\nexport type MessageId = keyof MessageArguments;\n\n',
    '/** With `<code>` or `<strong>` in them: never plain text. */\nexport type RichMessageId =\n',
    `${rich.map((id) => `  | '${id}'`).join('\n')};\n`,
  ].join('');
}

function argumentsType(message: string): string {
  const uses = usesIn(message).filter(({ name }) => !isKind(name));
  const names = [...new Set(uses.map(({ name }) => name))].sort();
  if (names.length === 0) return 'Record<never, never>';
  const lines = names.map(
    (name) => `    readonly ${name}: ${typeOf(uses.filter((use) => use.name === name))};\n`,
  );
  return `{\n${lines.join('')}  }`;
}

function typeOf(uses: readonly Usage[]): string {
  if (uses.some(({ as }) => as === 'number' || as === 'plural')) return 'number';
  const cases = uses.filter(({ as }) => as === 'select').flatMap((use) => use.cases);
  if (cases.length > 0) return [...new Set(cases)].map((name) => `'${name}'`).join(' | ');
  return uses.some(({ inTag }) => inTag) ? 'string' : 'Part';
}
