import { sha256 } from '../../shared/domain/canonical.ts';
import type { Json } from '../../shared/domain/json.ts';
import type { ProgramAnswer, ProgramHost, ProgramTurn } from '../../shared/ports/program-host.ts';
import {
  type KeptAnswers,
  longestReply,
  longestText,
  type ProgramQuestion,
  type ProgramReply,
} from '../../shared/protocol/program-function.ts';
import type { Fetched } from './fetched.ts';

/** Who asks thought that more is remembered than is. */
class Lacking extends Error {
  readonly after: number;

  constructor(after: number) {
    super(`The answers after the first ${after} are lacking`);
    this.after = after;
  }
}

/** Answers a question with what the host remembers of the run, and says what is lacking where that is too little. */
export async function answerQuestion(
  { host, fetched }: { host: ProgramHost; fetched: Fetched },
  question: ProgramQuestion,
): Promise<ProgramReply> {
  const { count, after } = question;
  const programs = host.forTenant(question.tenant);
  if (question.forget) programs.release(question.run.run);
  const given = await answersOf(question.answers, fetched);
  const run = { ...question.run, input: await inputOf(question, fetched) };
  try {
    const turn = await programs.next(run, {
      count,
      after: async (position) => {
        if (position < after) throw new Lacking(position);
        return given.slice(position - after);
      },
    });
    return await reply(question, turn, fetched);
  } catch (error) {
    if (error instanceof Lacking) return { kind: 'lacks', after: error.after };
    throw error;
  }
}

async function answersOf(
  answers: ProgramQuestion['answers'],
  fetched: Fetched,
): Promise<readonly ProgramAnswer[]> {
  if (!('url' in answers)) return answers;
  return (JSON.parse(await fetched.text(answers)) as KeptAnswers).answers;
}

async function inputOf({ input }: ProgramQuestion, fetched: Fetched): Promise<Json> {
  return 'url' in input ? (JSON.parse(await fetched.text(input)) as Json) : (input.inline as Json);
}

async function reply(
  { nonce, keep }: ProgramQuestion,
  turn: ProgramTurn,
  fetched: Fetched,
): Promise<ProgramReply> {
  const answer = { kind: 'turn', nonce, turn: withoutHashes(turn) } as const;
  const text = JSON.stringify(answer);
  const size = Buffer.byteLength(text);
  if (size <= longestText) return answer;
  if (size > longestReply) return failedBy(nonce, size);
  const digest = sha256(text);
  if (keep?.digest !== digest) return { kind: 'long', digest, size };
  await fetched.put(keep.url, text);
  return { kind: 'kept' };
}

/** No other question would make it shorter: it is the run that fails. */
function failedBy(nonce: string, size: number): ProgramReply {
  const message = `What the program asked for at once takes ${size} bytes, more than ${longestReply}`;
  return { kind: 'turn', nonce, turn: { kind: 'failed', error: { code: 'program.failed', message } } };
}

/** What approvals are bound to is never taken from where programs run. */
function withoutHashes(turn: ProgramTurn): Extract<ProgramReply, { kind: 'turn' }>['turn'] {
  if (turn.kind === 'failed') return turn;
  const requests = turn.requests.map(({ operation, kind, arguments: args }) => ({
    operation,
    kind,
    arguments: args,
  }));
  return { ...turn, requests };
}
