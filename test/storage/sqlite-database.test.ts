import { open as openFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { StoreError } from '../../src/storage/ports.ts';
import { openDatabase, type SqliteDatabase } from '../../src/storage/sqlite/database.ts';
import { MIGRATIONS, type Migration, migrate, schemaVersion } from '../../src/storage/sqlite/migrations.ts';
import { SqliteRegistry } from '../../src/storage/sqlite/registry.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { makeTemporaryPlace, type TemporaryPlace } from '../support/temporary-place.ts';

const anything = z.unknown();
const named = z.object({ name: z.string() });

let place: TemporaryPlace;
let databases: SqliteDatabase[];
beforeEach(async () => {
  place = await makeTemporaryPlace();
  databases = [];
});
afterEach(async () => {
  await Promise.all(databases.map((database) => database.close()));
  await place.remove();
});

async function open(): Promise<SqliteDatabase> {
  const database = await openDatabase(place.path('store.sqlite'));
  databases.push(database);
  return database;
}
async function tableNames(database: SqliteDatabase): Promise<string[]> {
  const rows = await database.all(named, `SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`);
  return rows.map((row) => row.name);
}

describe('SQLite: schema version', () => {
  const one: Migration = ['CREATE TABLE first (name TEXT)', `INSERT INTO first VALUES ('kept')`];
  const two: Migration = ['CREATE TABLE second (name TEXT)', 'INSERT INTO second SELECT name FROM first'];

  test('goes from a new file to the version known, in one step', async () => {
    const database = await open();
    await migrate(database);
    expect(await schemaVersion(database)).toBe(MIGRATIONS.length);
    expect(await tableNames(database)).toEqual(
      expect.arrayContaining(['audit', 'gate', 'outbox', 'registry']),
    );
  });

  test('goes forward from an older version and keeps the rows', async () => {
    const database = await open();
    await migrate(database, [one]);
    await migrate(database, [one, two]);
    await migrate(database, [one, two]);
    expect(await schemaVersion(database)).toBe(2);
    expect(await database.all(named, 'SELECT name FROM second')).toEqual([{ name: 'kept' }]);
  });

  test('is all or nothing', async () => {
    const database = await open();
    await migrate(database, [one]);
    await expect(migrate(database, [one, [...two, 'CREATE NONSENSE']])).rejects.toBeInstanceOf(StoreError);
    expect(await schemaVersion(database)).toBe(1);
    expect(await tableNames(database)).toEqual(['first']);
  });

  test('is raised once when several start at the same time', async () => {
    const four = await Promise.all(Array.from({ length: 4 }, open));
    await Promise.all(four.map((database) => migrate(database, [one, two])));
    const [database] = four;
    expect(database && (await database.all(named, 'SELECT name FROM first'))).toEqual([{ name: 'kept' }]);
  });

  test('leaves the file of a later version alone', async () => {
    const database = await open();
    await migrate(database, [one, two]);
    const error = await migrate(database, [one]).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'STORE_TOO_NEW', remedy: expect.stringContaining('STORE_URL') });
    expect(await schemaVersion(database)).toBe(2);
  });
});

describe('SQLite: faults of a working file', () => {
  async function registry(): Promise<{ registry: SqliteRegistry; database: SqliteDatabase }> {
    const database = await open();
    await migrate(database);
    return { registry: new SqliteRegistry(database, new ManualClock()), database };
  }

  test('says that there is no room, and goes on by itself when there is', async () => {
    const { registry: full, database } = await registry();
    await database.all(anything, 'PRAGMA max_page_count = 1');
    const big = 'x'.repeat(100_000);
    await expect(full.put('note', 'a', big, 1_000)).rejects.toMatchObject({
      code: 'STORE_FULL',
      remedy: expect.stringContaining(database.path),
    });
    await database.all(anything, 'PRAGMA max_page_count = 100000');
    await full.put('note', 'a', big, 1_000);
    expect(await full.get('note', 'a')).toBe(big);
  });

  test('says that it may not be written', async () => {
    const { registry: still, database } = await registry();
    await database.all(anything, 'PRAGMA query_only = ON');
    await expect(still.put('note', 'a', 1, 1_000)).rejects.toMatchObject({
      code: 'STORE_READ_ONLY',
      remedy: expect.stringContaining('STORE_URL'),
    });
    expect(await still.get('note', 'a')).toBeUndefined();
  });

  test('says that pages are damaged', async () => {
    const { registry: whole, database } = await registry();
    for (let number = 0; number < 400; number++)
      await whole.put('note', `n${number}`, 'y'.repeat(200), 1_000);
    await database.close();
    const file = await openFile(database.path, 'r+');
    const { size } = await file.stat();
    await file.write(Buffer.alloc(size - 4_096, 0xab), 0, size - 4_096, 4_096);
    await file.close();
    const damaged = new SqliteRegistry(await open(), new ManualClock());
    await expect(damaged.get('note', 'n5')).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
  });

  test('stays out of the way of a damaged value', async () => {
    const { registry: one, database } = await registry();
    await one.put('note', 'a', { fine: true }, 1_000);
    await database.changed(`UPDATE registry SET value = '{oops' RETURNING 1`);
    expect(await one.get('note', 'a')).toBeNull();
  });
});
