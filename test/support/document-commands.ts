import { readdirSync, readFileSync } from 'node:fs';

const ROOT = new URL('../../', import.meta.url);
/** Programs that the documents tell people to type. What stands between ticks and begins otherwise is no command. */
const PROGRAMS =
  'esim-usage-bot|npm|npx|node|slack|git|docker|curl|openssl|chmod|cp|kill|systemctl|journalctl|promtool|redis-cli';
const TYPED = new RegExp(`^(?:[A-Z_]+=\\S+ )*(?:${PROGRAMS}) [^\`]+$`);

/** A command as a document has it, one program: what stood between `&&` is parted. */
export interface DocumentCommand {
  /** `docs/operations.md:12`. */
  readonly at: string;
  /** `PORT=0` before the program. */
  readonly settings: Readonly<Record<string, string>>;
  readonly words: readonly string[];
}

const DOCUMENTS = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  ...readdirSync(new URL('docs', ROOT))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

/** Every command of README and docs: each line of a block marked `sh`, and what stands between ticks in the text. */
export function documentCommands(): readonly DocumentCommand[] {
  return DOCUMENTS.flatMap((name) => commandsIn(name, readFileSync(new URL(name, ROOT), 'utf8')));
}

/** Blocks that say nothing of what they hold, and hold a command. */
export function unmarkedBlocks(): readonly string[] {
  return DOCUMENTS.flatMap((name) => {
    const text = readFileSync(new URL(name, ROOT), 'utf8');
    return [...text.matchAll(/^ *```(\w*)\n([\s\S]*?)^ *```$/gm)]
      .filter(([, mark, body = '']) => mark !== 'sh' && body.split('\n').some((line) => TYPED.test(line)))
      .map(({ index }) => `${name}:${text.slice(0, index).split('\n').length}`);
  });
}

function commandsIn(name: string, text: string): DocumentCommand[] {
  let fence: string | undefined;
  return text.split('\n').flatMap((line, index) => {
    const at = `${name}:${index + 1}`;
    const [, mark] = /^ *```(\w*)/.exec(line) ?? [];
    if (mark !== undefined) {
      fence = fence === undefined ? mark : undefined;
      return [];
    }
    if (fence === 'sh') return line.trim() === '' ? [] : partsOf(line, at);
    if (fence !== undefined) return [];
    const spans = [...line.matchAll(/`([^`]+)`/g)].map(([, span = '']) => span);
    return spans.filter((span) => TYPED.test(span)).flatMap((span) => partsOf(span, at));
  });
}

function partsOf(line: string, at: string): DocumentCommand[] {
  return line.split(/ && | \| /).map((part) => {
    // `<key id>` is one word, what follows `>` is the shell's, and a table shows what may be left out as `[--json]`.
    const typed = part
      .trim()
      .replaceAll(/<[^>]*>/g, (slot) => slot.replaceAll(' ', '-'))
      .replaceAll(/[[\]]/g, '');
    const words = typed.replace(/ > \S+$/, '').split(/ +/);
    const before = words.findIndex((word) => !/^[A-Z_]+=/.test(word));
    const settings = Object.fromEntries(words.slice(0, before).map((word) => word.split('=', 2)));
    return { at, settings, words: words.slice(before) };
  });
}
