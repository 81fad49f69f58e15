import { describeAgents } from './agents.contract.ts';
import { memoryStores, sqliteStores } from './stores.ts';

describeAgents('memory', memoryStores);
describeAgents('SQLite', sqliteStores);
