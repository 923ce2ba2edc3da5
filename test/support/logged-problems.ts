import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** `log.warn(`, `parts.log.error(`, `log[level](`; and what goes to the log once in a while. */
const CALL = /\b(?:log(?:\.(?:warn|error|fatal)|\[[^\]]+\])|complain)\(/g;
/** Its `log` is the prompt's, which a person sees at once. */
const PROMPT = 'src/commands/init.ts';
const HEALTH = /^src\/storage\/\w+\/health\.ts$/;

const sources = readdirSync(`${ROOT}src`, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => ({ path: `src/${name}`, text: readFileSync(`${ROOT}src/${name}`, 'utf8') }))
  .toSorted((a, b) => a.path.localeCompare(b.path, 'en'));

interface LogCall {
  readonly path: string;
  /** Each sentence that may stand there; none where a variable does. */
  readonly sentences: readonly string[];
}

/** What the bot logs as a warning or worse, with "…" for what is filled in, and what the store's health warns of. */
export function loggedProblems(): ReadonlySet<string> {
  const warnings = sources
    .filter(({ path }) => HEALTH.test(path))
    .flatMap(({ text }) => [...text.matchAll(/\bwhat:\s*('[^']+'|`[^`]+`)/g)])
    .flatMap(([, literal = '']) => sentencesIn(literal));
  return new Set([...logCalls().flatMap(({ sentences }) => sentences), ...warnings]);
}

/** Files with a call whose words are not in it. */
export function unreadLogCalls(): readonly string[] {
  return logCalls()
    .filter(({ sentences }) => sentences.length === 0)
    .map(({ path }) => path);
}

/** The `code` of each class of error. */
export function errorCodes(): ReadonlySet<string> {
  const declared = sources.flatMap(({ text }) => [...text.matchAll(/^ {2}readonly code(?: = |:)([^;]+);/gm)]);
  return new Set(declared.flatMap(([, type = '']) => type.match(/[A-Z]+(?:_[A-Z]+)*(?=')/g) ?? []));
}

function logCalls(): readonly LogCall[] {
  return sources
    .filter(({ path }) => path !== PROMPT)
    .flatMap(({ path, text }) =>
      [...text.matchAll(CALL)].map(({ index, 0: start }) => ({
        path,
        sentences: sentencesIn(lastArgument(text, index + start.length)),
      })),
    );
}

/** From behind the opening bracket of a call. */
function lastArgument(text: string, from: number): string {
  let depth = 0;
  let quote = '';
  let start = from;
  for (let at = from; at < text.length; at++) {
    const sign = text.charAt(at);
    if (quote !== '') {
      if (sign === quote) quote = '';
    } else if (sign === "'" || sign === '`') quote = sign;
    else if ('([{'.includes(sign)) depth++;
    else if (depth === 0 && sign === ')') return text.slice(start, at);
    else if (')]}'.includes(sign)) depth--;
    // A comma behind the last argument begins none.
    else if (depth === 0 && sign === ',' && /^\s*[^\s)]/.test(text.slice(at + 1))) start = at + 1;
  }
  throw new Error('a call that does not end');
}

function sentencesIn(code: string): string[] {
  return [...code.matchAll(/'([^']+)'|`([^`]+)`/g)]
    .map(([, plain, filled]) => plain ?? filled?.replaceAll(/\$\{[^}]*\}/g, '…') ?? '')
    .filter((words) => /\p{L}/u.test(words));
}
