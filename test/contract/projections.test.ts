import { describeProjections } from './projections.contract.ts';
import { memoryStores, sqliteStores } from './stores.ts';

describeProjections('memory', memoryStores);
describeProjections('SQLite', sqliteStores);
