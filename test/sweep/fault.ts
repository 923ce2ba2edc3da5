/** Each way in which a call over the network may fail. */
export const CALL_FAULTS = [
  'refused for 8 s',
  'reset',
  'no answer',
  'answer lost after the effect',
  '429, 1 s',
  '429, 30 s',
  '429 without a time',
  '500 once',
  '503 for 60 s',
  '401 of its own',
  '403 of its own',
  '403 of a proxy',
  'unreadable body',
  'slow drip',
  'SIGKILL before',
  'SIGKILL after',
] as const;
type CallFault = (typeof CALL_FAULTS)[number];

/** Each way in which a socket may fail to open, or end. */
export const SOCKET_FAULTS = [
  'refused for 8 s',
  'reset',
  'no answer',
  '429, 30 s',
  '500 once',
  '503 for 60 s',
  '403 of a proxy',
  'cut after a second',
  'silent after a second',
  'SIGKILL before',
  'SIGKILL after',
] as const;
type SocketFault = (typeof SOCKET_FAULTS)[number];

export type Fault = CallFault | SocketFault;

/** By then pings have stayed out: both are sent every 5 s, one more must stay out, and the next connection has its pause. */
export const SILENCE_KNOWN_MS = 20_000;

/** How long a fault may go on after the moment it struck, in milliseconds. */
export function lengthOf(fault: Fault): number {
  if (fault.endsWith('8 s')) return 8_000;
  if (fault.endsWith('30 s')) return 30_000;
  if (fault.endsWith('60 s')) return 60_000;
  if (fault.endsWith('1 s')) return 1_000;
  // What a silent peer was sent before heartbeats stayed out is lost to everybody.
  if (fault === 'silent after a second') return SILENCE_KNOWN_MS;
  // Nobody has said how long: half a minute of patience is no fault.
  if (fault === '429 without a time') return 20_000;
  return fault === 'no answer' || fault === 'slow drip' ? 60_000 : 0;
}

/** The service's own refusal of the bot's credentials, whatever it says. */
export const refusesCredentials = (fault: string): boolean => /^40[13] of its own/.test(fault);
