/**
 * The lease of a job ran out and somebody else may hold it: nothing more may be written under it. Reason of
 * `JobContext.signal`, thrown by `savePayload`, and told to `onError` when an outcome came too late to count.
 */
export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError';
  readonly code = 'LEASE_LOST';
  readonly jobId: string;
  constructor(jobId: string) {
    super(`The lease of job ${jobId} was lost; another worker may have it`);
    this.jobId = jobId;
  }
}
