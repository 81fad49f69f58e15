import { describeDisposal } from './disposal.contract.ts';
import { memoryStores, sqliteStores } from './stores.ts';

describeDisposal('memory', memoryStores);
describeDisposal('SQLite', sqliteStores);
