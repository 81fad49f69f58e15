import { describeAuditLog } from './audit-log.contract.ts';
import { memoryStores, sqliteStores } from './stores.ts';

describeAuditLog('memory', memoryStores);
describeAuditLog('SQLite', sqliteStores);
