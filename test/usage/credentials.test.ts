import { afterEach, beforeEach, expect, it } from 'vitest';
import { DEFAULT_RETENTION } from '../../src/storage/retention.ts';
import type { AlertBoard, OperatorNotice } from '../../src/usage/alert-board.ts';
import { createCredentialService } from '../../src/usage/credentials.ts';
import { captureLog } from '../support/log-capture.ts';
import { openSqliteUnderTest } from '../support/sqlite-under-test.ts';
import { until } from '../support/until.ts';

const REFUSALS = [
  { name: 'AIRALO_CLIENT_SECRET', service: 'airalo', error: 'AUTHENTICATION', remedy: 'Copy it again' },
  { name: 'DISCORD_TOKEN', service: 'discord', error: '401', remedy: 'Reset the token' },
  { name: 'SLACK_BOT_TOKEN', service: 'slack', error: 'token_revoked', remedy: 'Install the app again' },
] as const;

let under: Awaited<ReturnType<typeof openSqliteUnderTest>>;
beforeEach(async () => {
  under = await openSqliteUnderTest(DEFAULT_RETENTION);
});
afterEach(() => under.cleanUp());

it.each(REFUSALS)('two processes that see $name refused tell it once, and its end once', async (refusal) => {
  const told: { readonly by: number; readonly where: string; readonly notice: OperatorNotice }[] = [];
  const stores = [under.store, await under.another()];
  const processes = stores.map((store, by) => {
    const log = captureLog();
    const boardOf = (where: string): AlertBoard => ({
      post: async () => ({ kind: 'ok', place: 1 }),
      edit: async () => ({ kind: 'ok', place: 1 }),
      tell: async () => ({ kind: 'ok', place: 1 }),
      notify: async (notice) => {
        told.push({ by, where, notice });
        return { kind: 'ok', place: 1 };
      },
    });
    const channels = () => ['slack', 'discord'].map((name) => ({ name, alertBoard: boardOf(name) }));
    const usageService = createCredentialService({
      registry: store.registry,
      channels,
      clock: under.clock,
      log: log.log,
    });
    return { usageService, log };
  });
  const working = ['slack', 'discord'].filter((name) => name !== refusal.service);

  for (const { usageService } of processes) usageService.refused(refusal);
  await until('it is told', () => told.length === working.length);
  for (const { usageService } of processes) usageService.taken(refusal.name);
  await until('its end is told', () => told.length === 2 * working.length);

  expect(told.map(({ where, notice }) => [where, notice.kind])).toEqual([
    ...working.map((where) => [where, 'refused']),
    ...working.map((where) => [where, 'taken']),
  ]);
  expect(told[0]?.notice.refusal.remedy).toBe(refusal.remedy);
  for (const { log, usageService } of processes) {
    expect(log.lines(`${refusal.name} is refused`)).toHaveLength(1);
    usageService.stop();
  }
});
