import { describeQueue } from './queue.contract.ts';
import { memoryStores, sqliteStores } from './stores.ts';

describeQueue('memory', memoryStores);
describeQueue('SQLite', sqliteStores);
