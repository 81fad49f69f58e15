import type { Failure } from '../../domain/events.ts';
import type { RunState } from '../../domain/state.ts';
import { isTandemError } from '../../errors/tandem-error.ts';
import type {
  ProgramAnswers,
  ProgramRequest,
  ProgramRun,
  ProgramTurn,
  TenantProgramHost,
} from '../../ports/program-host.ts';
import type { App } from '../app.ts';
import { fromContent } from '../content.ts';
import type { Advance } from './advance.ts';

/** A program that waits for something that is no operation can never go on. */
export const deadlock: Failure = {
  code: 'program.failed',
  message: 'The program waits for something that is not an operation, so it can never go on',
};

/** Gives the program every answer and takes what it asks next, checked against what the log says it asked before. */
export async function askProgram({ app, session }: Advance): Promise<ProgramTurn> {
  const { state } = session;
  const host = app.programs.forTenant(state.tenant);
  const run = { ...(await programRun(app, state)), run: session.talk() };
  const turn = await next(host, run, session.answers());
  session.told = state.answered;
  if (turn.kind === 'failed') return turn;
  const error = divergence(state, turn.requests, turn.kind === 'finished');
  return error ? { kind: 'failed', error } : turn;
}

/** A version that no host can run will not get better by being asked again. */
async function next(host: TenantProgramHost, run: ProgramRun, answers: ProgramAnswers): Promise<ProgramTurn> {
  try {
    return await host.next(run, answers);
  } catch (error) {
    if (!isTandemError(error) || error.retryable) throw error;
    return { kind: 'failed', error: { code: error.code, message: error.message } };
  }
}

async function programRun(app: App, state: RunState): Promise<ProgramRun> {
  const { run, agent, version, seed, createdAt } = state;
  const input = await fromContent(app.blobs.forTenant(state.tenant), state.input);
  return { run, agent, version, seed, createdAt, input };
}

/** What is open in the log must be what the program waits for, number by number and hash by hash (rule 13). */
function divergence(
  state: RunState,
  requests: readonly ProgramRequest[],
  finished: boolean,
): Failure | undefined {
  const issued = new Map(requests.map((request) => [request.operation, request]));
  for (const { operation, kind, hash } of Object.values(state.open)) {
    const request = issued.get(operation);
    if (request?.hash === hash || (!request && finished)) continue;
    const requested = request ? { kind: request.kind, hash: request.hash } : null;
    return {
      code: 'program.diverged',
      message: request
        ? `Operation ${operation} was ${kind} in the record; the program now asks for another ${request.kind}`
        : `Operation ${operation} was ${kind} in the record; the program no longer asks for it`,
      details: { operation, recorded: { kind, hash }, requested },
    };
  }
  return undefined;
}
