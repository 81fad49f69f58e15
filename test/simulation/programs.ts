import { createOperations, type Operations } from '../../clients/program/operations.ts';
import { start } from '../../clients/program/start.ts';
import type { App } from '../../shared/application/app.ts';
import { publishAgent } from '../../shared/application/commands/publish-agent.ts';
import type { Principal } from '../../shared/ports/identity.ts';
import type { Start } from '../../shared/protocol/program.ts';

/** A program as a function of its operations and its input. */
export type SimulatedProgram = (operations: Operations, input: never) => Promise<unknown>;

/** Programs by the name of their agent. */
export type SimulatedPrograms = Readonly<Record<string, SimulatedProgram>>;

export interface Publication {
  readonly programs: SimulatedPrograms;
  /** What each version starts, for hosts in memory. */
  readonly started: Map<string, Start>;
  readonly operationsPerStep?: number | undefined;
}

/** Publishes programs, and notes for hosts in memory what each version starts. */
export async function publishPrograms(
  app: App,
  caller: Principal,
  { programs, started, operationsPerStep }: Publication,
): Promise<void> {
  for (const [agent, program] of Object.entries(programs)) {
    const budget = operationsPerStep === undefined ? {} : { operationsPerStep };
    const { digest } = await publishAgent(app, caller, { agent, number: '1.0.0', bundle: agent, ...budget });
    started.set(digest, (bridge) => {
      void start(bridge, async (input: never) => program(createOperations(bridge), input));
    });
  }
}
