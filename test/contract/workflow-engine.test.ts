import { describeWorkflowEngine } from './workflow-engine.contract.ts';
import { memoryEngine, sqliteEngine } from './workflow-engine-embedded.ts';

describeWorkflowEngine('memory journal', memoryEngine);
describeWorkflowEngine('SQLite journal', sqliteEngine);
