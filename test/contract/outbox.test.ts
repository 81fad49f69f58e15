import { describeOutbox } from './outbox.contract.ts';
import { memoryStores, sqliteStores } from './stores.ts';

describeOutbox('memory', memoryStores);
describeOutbox('SQLite', sqliteStores);
