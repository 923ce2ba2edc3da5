/** What every engine can take as an id: some refuse purely numeric ones, and colons part their own keys. */
const JOB_ID = /^(?!\d+$)[\w-]{1,100}$/;

/** The id of a job breaks the rule of `OutboxJob.id`: a mistake in the program, not an outage. */
export class JobIdError extends Error {
  override readonly name = 'JobIdError';
  readonly code = 'JOB_ID_INVALID';
  constructor() {
    super('A job id is 1 to 100 letters, digits, - and _, and not digits alone');
  }
}

/** Throws `JobIdError`; the same check in every engine, so that what works on one works on all. */
export function checkJobId(id: string): void {
  if (!JOB_ID.test(id)) throw new JobIdError();
}
