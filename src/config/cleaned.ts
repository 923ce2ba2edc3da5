/** Settings as text, by name, without what is empty. */
export type Cleaned = Readonly<Record<string, string | undefined>>;

/**
 * What an environment says: blanks around a value are dropped, and so is a pair of quotes, which `docker run --env-file` and
 * systemd's `Environment=` in some forms keep; what is empty then is not set at all, so that it overrides no default.
 */
export function cleaned(env: NodeJS.ProcessEnv): Cleaned {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value = '']) => {
      const text = unquoted(value.trim());
      return text === '' ? [] : [[name, text]];
    }),
  );
}

/** A quote on one side only belongs to the value. */
function unquoted(text: string): string {
  const [, , inner] = /^(["'])(.*)\1$/s.exec(text) ?? [];
  return inner === undefined ? text : inner.trim();
}
