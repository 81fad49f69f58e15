import { isTandemError } from '../../shared/errors/tandem-error.ts';
import type { ProgramHost } from '../../shared/ports/program-host.ts';
import { type ProgramReply, programQuestion } from '../../shared/protocol/program-function.ts';
import { answerQuestion } from './answer.ts';
import type { Bundles } from './bundles.ts';
import type { Fetched } from './fetched.ts';

export interface FunctionParts {
  readonly host: ProgramHost;
  readonly bundles: Bundles;
  readonly fetched: Fetched;
}

/** The handler: a question in, a reply out; throws only what is a fault of ours. */
export function programFunction({ host, bundles, fetched }: FunctionParts) {
  return async (event: unknown): Promise<ProgramReply> => {
    const question = programQuestion().parse(event);
    bundles.at(question.run.version, question.bundle);
    try {
      return await answerQuestion({ host, fetched }, question);
    } catch (error) {
      if (!isTandemError(error)) throw error;
      return { kind: 'refused', code: error.code, message: error.message };
    }
  };
}
