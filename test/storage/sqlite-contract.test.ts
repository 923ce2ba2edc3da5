import { describeStore } from '../contract/store-contract.ts';
import { openSqliteUnderTest } from '../support/sqlite-under-test.ts';

describeStore('SQLite', openSqliteUnderTest);
