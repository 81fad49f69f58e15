import { randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Digest } from '../../domain/content.ts';
import type { Json } from '../../domain/json.ts';
import { operationHash } from '../../domain/operation-hash.ts';
import type { ErrorCode } from '../../errors/catalogue.ts';
import { TandemError } from '../../errors/tandem-error.ts';
import type { Agents } from '../../ports/agents.ts';
import type { Blobs, TenantBlobs } from '../../ports/blobs.ts';
import type {
  ProgramAnswers,
  ProgramHost,
  ProgramRun,
  ProgramTurn,
  TenantProgramHost,
} from '../../ports/program-host.ts';
import {
  type KeptAnswers,
  longestInput,
  longestText,
  type ProgramQuestion,
  type ProgramReply,
  programReply,
} from '../../protocol/program-function.ts';
import { type Invoker, invoke } from './invoke.ts';

export interface LambdaProgramHostOptions {
  readonly client: Invoker;
  /** Of the function `program`. */
  readonly functionName: string;
  /** Whether the function keeps tenants apart: it is told whose program it is asked about. */
  readonly tenancy: boolean;
  readonly agents: Agents;
  readonly blobs: Blobs;
  /** Where what is too long for a message lies until it is read; its own, so that no question names anything else. */
  readonly passing: Blobs;
}

/** Answers that are sent on the off chance that nothing is remembered; with more the function is asked first. */
const fewAnswers = 100;

/** How long the addresses of a question are good, in seconds. */
const addressSeconds = 900;

/** Runs of which it is kept how many answers the function has had. */
const knownRuns = 10_000;

/**
 * Asks a Lambda function what programs want next. Its environments remember runs, and this remembers what they were told:
 * both only save sending the record again. Whoever remembers less than was thought says so and is told.
 */
export class LambdaProgramHost implements ProgramHost {
  readonly isolation = 'function';
  readonly #options: LambdaProgramHostOptions;
  /** Answers that a run has had by the last question; -1: what is remembered elsewhere is not to be relied on. */
  readonly #told = new LRUCache<string, number>({ max: knownRuns });
  /** Bundles by version: neither ever changes. */
  readonly #bundles = new LRUCache<string, Digest>({ max: 1_000 });
  /** Long inputs, by tenant and run. */
  readonly #inputs = new LRUCache<string, Digest>({ max: 1_000 });

  constructor(options: LambdaProgramHostOptions) {
    this.#options = options;
  }

  forTenant(tenant: string): TenantProgramHost {
    return {
      next: (run, answers) => this.#next(tenant, run, answers),
      release: (run) => void this.#told.set(`${tenant}/${run}`, -1),
    };
  }

  async #next(tenant: string, run: ProgramRun, answers: ProgramAnswers): Promise<ProgramTurn> {
    const key = `${tenant}/${run.run}`;
    const { input, ...known } = run;
    const told = this.#told.get(key);
    this.#told.delete(key);
    const question = {
      tenant,
      run: known,
      input: await this.#input(tenant, run.run, input),
      bundle: await this.#bundle(tenant, run),
      ...(told === -1 ? { forget: true as const } : {}),
      count: answers.count,
      nonce: randomUUID(),
    };
    let after = firstGuess(told, answers.count);
    for (;;) {
      const missing = after < answers.count ? await answers.after(after) : [];
      const reply = await this.#ask({ ...question, after, answers: missing });
      if (reply.kind !== 'lacks') {
        this.#told.set(key, answers.count);
        return turnOf(reply);
      }
      // Environments differ in what they remember; what is asked for only grows, and from the first answer on is enough.
      if (reply.after >= after) throw misunderstood('it lacks what it was given');
      after = reply.after;
    }
  }

  /** A long one lies among the blobs as what the run was started with: storing it again is cheap. */
  async #input(tenant: string, run: string, input: Json): Promise<ProgramQuestion['input']> {
    const blobs = this.#options.blobs.forTenant(tenant);
    const known = this.#inputs.get(`${tenant}/${run}`);
    if (known !== undefined) return { digest: known, url: await addressOf(blobs, known) };
    const bytes = Buffer.from(JSON.stringify(input));
    if (bytes.byteLength <= longestInput) return { inline: input };
    const { blob } = await blobs.put(bytes);
    this.#inputs.set(`${tenant}/${run}`, blob);
    return { digest: blob, url: await addressOf(blobs, blob) };
  }

  async #bundle(tenant: string, { agent, version }: ProgramRun): Promise<ProgramQuestion['bundle']> {
    const key = `${tenant}/${version}`;
    const digest = this.#bundles.get(key) ?? (await this.#findBundle(tenant, agent, version));
    this.#bundles.set(key, digest);
    return { digest, url: await addressOf(this.#options.blobs.forTenant(tenant), digest) };
  }

  async #findBundle(tenant: string, agent: string, version: Digest): Promise<Digest> {
    const found = await this.#options.agents.forTenant(tenant).get(agent, version);
    if (found) return found.bundle;
    throw new TandemError('resource.not-found', { message: `There is no version ${version} of ${agent}.` });
  }

  /** Asks once, or twice when the reply is too long for a message. */
  async #ask(question: ProgramQuestion): Promise<ProgramReply> {
    const passing = this.#options.passing.forTenant(question.tenant);
    const short = await withShortAnswers(passing, question);
    const reply = await this.#invoke(short);
    if (reply.kind !== 'long') return reply;
    const { digest, size } = reply;
    const url = await passing.signedUrl(digest, { method: 'PUT', expiresIn: addressSeconds, size });
    const again = await this.#invoke({ ...short, keep: { url, digest } });
    if (again.kind !== 'kept') return again;
    const bytes = await passing.get(digest);
    if (!bytes) throw misunderstood('it did not keep its reply');
    return replyTo(question, JSON.parse(Buffer.from(bytes).toString('utf8')));
  }

  async #invoke(question: ProgramQuestion): Promise<ProgramReply> {
    const { client, functionName, tenancy } = this.#options;
    const tenantId = tenancy ? question.tenant : undefined;
    const reply = await invoke(client, {
      functionName,
      tenantId,
      type: 'RequestResponse',
      payload: question,
    });
    return replyTo(question, reply);
  }
}

/** From which answer on the record is sent first. */
function firstGuess(told: number | undefined, count: number): number {
  if (told === undefined) return count <= fewAnswers ? 0 : count;
  return told === -1 || told > count ? 0 : told;
}

/** The question with answers that fit into a message, or the address of those that do not. */
async function withShortAnswers(passing: TenantBlobs, question: ProgramQuestion): Promise<ProgramQuestion> {
  const { nonce, answers } = question;
  if ('url' in answers) throw misunderstood('the answers are kept already');
  const text = answers.length === 0 ? '' : JSON.stringify({ nonce, answers } satisfies KeptAnswers);
  if (Buffer.byteLength(text) <= longestText) return question;
  const { blob } = await passing.put(Buffer.from(text));
  return { ...question, answers: { digest: blob, url: await addressOf(passing, blob) } };
}

/** A turn is taken as the answer to this question alone: what lies elsewhere may be that to another. */
function replyTo({ nonce }: ProgramQuestion, given: unknown): ProgramReply {
  const { data: reply, error } = programReply().safeParse(given);
  if (error)
    throw misunderstood(error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '));
  if (reply.kind === 'turn' && reply.nonce !== nonce) throw misunderstood('it answered another question');
  return reply;
}

function addressOf(blobs: TenantBlobs, digest: Digest): Promise<string> {
  return blobs.signedUrl(digest, { method: 'GET', expiresIn: addressSeconds });
}

/** The turn in a reply. The hash is what approvals are bound to: it is taken here. */
function turnOf(reply: ProgramReply): ProgramTurn {
  if (reply.kind === 'refused') throw new TandemError(reply.code as ErrorCode, { message: reply.message });
  if (reply.kind !== 'turn') throw misunderstood(`it answered ${reply.kind}`);
  const { turn } = reply;
  if (turn.kind === 'failed') return turn;
  try {
    const requests = turn.requests.map((request) => ({
      ...request,
      hash: operationHash(request.kind, request.arguments),
    }));
    return { ...turn, requests };
  } catch (error) {
    return { kind: 'failed', error: { code: 'program.failed', message: (error as Error).message } };
  }
}

function misunderstood(why: string): TandemError {
  return new TandemError('space.unavailable', {
    message: `The function that hosts programs is not understood: ${why}`,
  });
}
