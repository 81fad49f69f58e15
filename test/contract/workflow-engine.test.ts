import { describeWorkflowEngine } from './workflow-engine.contract.ts';
import { memoryEngine, servedEngine, sqliteEngine } from './workflow-engine-embedded.ts';

describeWorkflowEngine('memory journal', memoryEngine);
describeWorkflowEngine('SQLite journal', sqliteEngine);
describeWorkflowEngine('Step Functions adapter on our own server', servedEngine);
