import { after } from 'node:test';
import { localstackAbsent, startLocalstack } from '../support/localstack.ts';
import { reportAbsent, reportAdapter } from './adapters-report.ts';
import { describeWorkflowEngine } from './workflow-engine.contract.ts';
import { ScriptedMachines } from './workflow-engine-localstack.ts';

const absent = localstackAbsent();
if (absent === undefined) {
  const localstack = await startLocalstack();
  const machines = new ScriptedMachines(localstack);
  reportAdapter({ adapter: 'Step Functions', against: localstack.about });
  after(async () => {
    await machines.close();
    await localstack.stop();
  });
  // Its executions are gone with its process, and each call takes a container of a function for itself.
  describeWorkflowEngine('Step Functions', (_context, script) => machines.make(script), {
    survives: false,
    many: 4,
    isLocalstack: true,
  });
} else {
  reportAbsent('Step Functions', absent);
}
