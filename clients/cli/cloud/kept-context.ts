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

/** The context of the deployment before, as its stacks say it; `undefined` where there was none. */
export async function deployedContext(stage: string): Promise<string | undefined> {
  const data = await describeStack(`tandem-${stage}-data`);
  return data && outputsOf([data]).get('Context');
}

/**
 * A stage stays as it was asked for: what a deployment leaves out is taken from the one before, so that no tenant's client,
 * no task and no alarm goes because a word was forgotten. `key=` leaves something out on purpose. Throws
 * `deployment.invalid` where another store is asked for: what the first holds would be left behind, or lost.
 *
 * @param given `key=value` each, as they were typed
 * @param deployed what {@link deployedContext} says
 */
export function keepContext(stage: string, given: readonly string[], deployed = ''): KeptContext {
  const asked = new Map(given.map(pairOf));
  const before = new Map(deployed.split(' ').filter(Boolean).map(pairOf));
  const [store, had] = [asked.get('stateStore'), before.get('stateStore')];
  if (store !== undefined && had !== undefined && store !== had) {
    throw new TandemError('deployment.invalid', {
      message: `Stage ${stage} has its data in ${had}, and a store is not changed under a stage: leave stateStore out, or make another stage`,
    });
  }
  const wordsOf = (pairs: Iterable<readonly [string, string]>) =>
    [...pairs].filter(([, value]) => value !== '').map(([key, value]) => `${key}=${value}`);
  const kept = [...before].filter(([key]) => !asked.has(key));
  return { context: wordsOf([...asked, ...kept]), kept: wordsOf(kept) };
}

function pairOf(word: string): readonly [string, string] {
  const [key = '', ...value] = word.split('=');
  if (key === '' || value.length === 0) throw new UsageError(`--context takes KEY=VALUE, and not ${word}`);
  return [key, value.join('=')];
}
