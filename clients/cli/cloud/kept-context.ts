import type { Stack } from '@aws-sdk/client-cloudformation';
import { TandemError } from '../../../shared/errors/tandem-error.ts';
import { UsageError } from '../usage-error.ts';
import { describeStack, outputsOf } from './stacks.ts';

/** What a deployment is given. */
export interface KeptContext {
  /** `key=value` each: all that the stacks are given besides the stage. */
  readonly context: readonly string[];
  /** Those of them that are of the deployment before. */
  readonly kept: readonly string[];
}

/** A stack that has been made once, whatever has become of a change to it. */
const isMade = ({ StackStatus: status }: Stack): boolean =>
  /^(CREATE_COMPLETE|UPDATE|IMPORT)/.test(status ?? '');

/** The context of the deployment before, as its stacks say it: empty where there was none, `undefined` where it is not said. */
export async function deployedContext(stage: string): Promise<string | undefined> {
  const data = await describeStack(`tandem-${stage}-data`);
  return data && isMade(data) ? outputsOf([data]).get('Context') : '';
}

/** What says which stage it is, and where: the options and the credentials do. */
const elsewhere = ['stage', 'account', 'region'];

/**
 * A stage stays as it was asked for: what a deployment leaves out is taken from the one before, so that no tenant's client,
 * no task and no alarm goes because a word was forgotten. `key=` leaves something out on purpose. Throws
 * `deployment.invalid` where another store is asked for: what the first holds would be left behind, or lost; also where the
 * one before does not say which it is.
 *
 * @param given `key=value` each, as they were typed
 * @param deployed what {@link deployedContext} says
 */
export function keepContext(
  stage: string,
  given: readonly string[],
  deployed: string | undefined,
): KeptContext {
  const asked = new Map(given.map(pairOf));
  const misplaced = elsewhere.find((key) => asked.has(key));
  if (misplaced !== undefined) {
    throw new UsageError(
      `--context takes no ${misplaced}=: --stage says which, AWS_REGION and credentials where`,
    );
  }
  if (deployed === undefined && !asked.has('stateStore')) {
    throw new TandemError('deployment.invalid', {
      message: `Stage ${stage} does not say what it was given before: say all of it this once, stateStore=dynamodb or stateStore=aurora among it`,
    });
  }
  const before = new Map((deployed ?? '').split(' ').filter(Boolean).map(pairOf));
  const [store, had] = [asked.get('stateStore'), before.get('stateStore')];
  if (store !== undefined && had !== undefined && store !== had) {
    throw new TandemError('deployment.invalid', {
      message: `Stage ${stage} has its data in ${had}, and a store is not changed under a stage: leave stateStore out, or make another stage`,
    });
  }
  const wordsOf = (pairs: Iterable<readonly [string, string]>) =>
    [...pairs].filter(([, value]) => value !== '').map(([key, value]) => `${key}=${value}`);
  // A GPU is for tasks.
  const without = ['off', ''].includes(asked.get('tasks') ?? 'on') ? ['gpu'] : [];
  const kept = [...before].filter(([key]) => !asked.has(key) && !without.includes(key));
  return { context: wordsOf([...asked, ...kept]), kept: wordsOf(kept) };
}

function pairOf(word: string): readonly [string, string] {
  const [key = '', ...value] = word.split('=');
  if (key === '' || value.length === 0) throw new UsageError(`--context takes KEY=VALUE, and not ${word}`);
  return [key, value.join('=')];
}
