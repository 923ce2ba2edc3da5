/** Discord's documented error codes, as far as this stand-in gives them. */
const MESSAGES = {
  0: [401, '401: Unauthorized'],
  10003: [404, 'Unknown Channel'],
  10004: [404, 'Unknown Guild'],
  10007: [404, 'Unknown Member'],
  10008: [404, 'Unknown Message'],
  10013: [404, 'Unknown User'],
  10015: [404, 'Unknown Webhook'],
  10062: [404, 'Unknown interaction'],
  20012: [403, 'You are not authorized to perform this action on this application'],
  40005: [413, 'Request entity too large'],
  40060: [400, 'Interaction has already been acknowledged'],
  40094: [400, 'Interaction follow-up limit reached'],
  50001: [403, 'Missing Access'],
  50005: [403, 'Cannot edit a message authored by another user'],
  50006: [400, 'Cannot send an empty message'],
  50007: [403, 'Cannot send messages to this user'],
  50013: [403, 'Missing Permissions'],
  50027: [401, 'Invalid Webhook Token'],
  50035: [400, 'Invalid Form Body'],
  50278: [403, 'Cannot send messages to this user due to having no mutual guilds'],
  160004: [400, 'A thread has already been created for this message'],
} as const;

export type ApiErrorCode = keyof typeof MESSAGES;

/** A refusal as Discord words it. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly body: { readonly code: number; readonly message: string; readonly errors?: readonly string[] };
  constructor(code: ApiErrorCode, errors?: readonly string[]) {
    const [status, message] = MESSAGES[code];
    super(`${code} ${message}${errors ? `: ${errors.join('; ')}` : ''}`);
    this.status = status;
    this.body = errors ? { code, message, errors } : { code, message };
  }
}
