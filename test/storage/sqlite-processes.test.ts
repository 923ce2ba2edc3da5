import { describeProcesses } from '../contract/processes-contract.ts';

describeProcesses('SQLite', async (place) => `sqlite:${place.path('store.sqlite')}`);
