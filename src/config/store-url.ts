/**
 * Where the bot keeps what it must not lose, when nothing is said. Below the working directory; the
 * folder is made.
 */
export const DEFAULT_STORE_URL = 'sqlite:./data/esim-usage.sqlite';

const ENCODE = 'write it percent-encoded (@ as %40, / as %2F, # as %23, ? as %3F, % as %25)';

/**
 * What is wrong with a `STORE_URL`, in words that repeat nothing of it. Undefined when its form is
 * right; whether it can be opened is seen when it is.
 */
export function wrongWithStoreUrl(value: string): string | undefined {
  if (/^sqlite:./.test(value)) return undefined;
  const [, rest] = /^rediss?:\/\/(.+)$/.exec(value) ?? [];
  if (rest === undefined) return 'must be sqlite:<path>, redis://… or rediss://…';
  const userinfo = rest.slice(0, Math.max(0, rest.lastIndexOf('@')));
  // An unencoded one of these ends the password for whoever reads the address: the rest becomes host, path or fragment.
  if (/[@/#?]|%(?![0-9a-f]{2})/i.test(userinfo))
    return `has a password with a character that means something else in an address: ${ENCODE}`;
  if (!URL.canParse(value))
    return `must be redis://user:password@host:6379/0; what is special in the password: ${ENCODE}`;
  const { pathname } = new URL(value);
  if (!/^\/?\d*$/.test(pathname)) return 'must name the database by its number, such as redis://host:6379/0';
  return undefined;
}
