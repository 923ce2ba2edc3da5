import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * They wait for processes, leases and real servers more than they compute: begun first, the others fill their waits. In the order of
 * their length; on a clean checkout Vitest knows no lengths, and goes by size.
 */
const FIRST = [
  'e2e/long-list',
  'storage/redis-contract',
  'storage/redis-processes',
  'e2e/processes',
  'e2e/list-profiles',
  'sweep/sweep',
  'e2e/list-kill',
  'storage/sqlite-processes',
  'platforms/page/page',
  'storage/redis-sealed-contract',
  'e2e/questions-kill',
  'e2e/doctor',
  'e2e/redis-instances',
  'e2e/document-commands',
  'storage/move',
  'e2e/alerts-kill',
  'e2e/discord-kill',
  'e2e/start-stop',
  'platforms/slack/slack-lists',
  'platforms/slack/workflow-step',
  'platforms/slack/slack',
].map((name) => `/test/${name}.test.ts`);

/** So that the end is not one long file, with the other workers at rest. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const index = FIRST.findIndex((name) => moduleId.endsWith(name));
      return index === -1 ? FIRST.length : index;
    };
    return (await super.sort(files)).toSorted((a, b) => place(a) - place(b));
  }
}
