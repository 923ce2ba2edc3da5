import { describeProcesses } from '../contract/processes-contract.ts';
import { describeTakeover } from '../contract/takeover-contract.ts';

describeProcesses('SQLite', async (place) => `sqlite:${place.path('store.sqlite')}`);
describeTakeover('SQLite', async (place) => `sqlite:${place.path('store.sqlite')}`);
