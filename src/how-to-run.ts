/**
 * How a command is typed where this process was started: through npm from a clone, else by the program's own name, which is what
 * exists in an image, under systemd and after an installation from the registry.
 */
export function howToRun(command: string): string {
  const [name = '', ...rest] = command.split(' ');
  if (process.env.npm_lifecycle_event === undefined) return `esim-usage-bot ${command}`;
  if (name === 'start') return 'npm start';
  return rest.length === 0 ? `npm run ${name}` : `npm run ${name} -- ${rest.join(' ')}`;
}
