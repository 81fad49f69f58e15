/** Why Tandem cannot start, in one sentence for whoever typed the command; printed without a stack. */
export class LaunchProblem extends Error {}
