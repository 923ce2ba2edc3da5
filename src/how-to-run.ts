/**
 * How a command is typed where this process was started: through npm from a clone, through npx where that was used (no folder's scripts
 * need be there), else by the program's own name, which is what exists in an image, under systemd and after a global installation.
 */
export function howToRun(command: string): string {
  const [name = '', ...rest] = command.split(' ');
  const event = process.env.npm_lifecycle_event;
  if (event === undefined) return `esim-usage-bot ${command}`;
  if (event === 'npx') return `npx esim-usage-bot ${command}`;
  if (name === 'start') return 'npm start';
  return rest.length === 0 ? `npm run ${name}` : `npm run ${name} -- ${rest.join(' ')}`;
}
