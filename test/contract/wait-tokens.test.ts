import { memoryStores, sqliteStores } from './stores.ts';
import { describeWaitTokens } from './wait-tokens.contract.ts';

describeWaitTokens('memory', memoryStores);
describeWaitTokens('SQLite', sqliteStores);
