/** The author's test kit: what a test of an agent imports from `tandem/testing`. */
export type { Approvals, AskedApproval, TestSignal, Verdict } from './audience.ts';
export type { CommandResult, CommandScript, CommandScripts, CommandSpace } from './scripts.ts';
export { type TestRunOptions, testRun } from './test-run.ts';
export type { TestedOperation, TestedRun } from './tested-run.ts';
