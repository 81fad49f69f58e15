import { describeEventLog } from './event-log.contract.ts';
import { memoryStores, sqliteStores } from './stores.ts';

describeEventLog('memory', memoryStores);
describeEventLog('SQLite', sqliteStores);
