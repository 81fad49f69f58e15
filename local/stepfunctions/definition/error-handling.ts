import { resultReplaces } from '../data-flow/result-path.ts';
import type { CatchRule } from '../errors/catch.ts';
import { states } from '../errors/names.ts';
import type { RetryRule } from '../errors/retry.ts';
import type { Fields } from './fields.ts';
import { maxSeconds } from './seconds.ts';

export function readRetry(fields: Fields): readonly RetryRule[] {
  const rules = fields.objects('Retry');
  return rules.map((rule, index) => readRetrier(rule, index === rules.length - 1));
}

function readRetrier(rule: Fields, last: boolean): RetryRule {
  const read = {
    errorEquals: readErrorEquals(rule, last),
    intervalSeconds: rule.number('IntervalSeconds', { min: 1, max: maxSeconds }) ?? 1,
    maxAttempts: rule.number('MaxAttempts', { min: 0, max: maxSeconds }) ?? 3,
    backoffRate: rule.number('BackoffRate', { min: 1, max: Number.MAX_VALUE, fractions: true }) ?? 2,
    maxDelaySeconds: rule.number('MaxDelaySeconds', { min: 1, max: 31_622_400 }),
    jitter: readJitter(rule),
  };
  rule.close();
  return read;
}

function readJitter(rule: Fields): 'FULL' | 'NONE' {
  const jitter = rule.text('JitterStrategy') ?? 'NONE';
  if (jitter === 'FULL' || jitter === 'NONE') return jitter;
  rule.complain('Value must be one of [FULL, NONE]', 'JitterStrategy');
  return 'NONE';
}

export function readCatch(fields: Fields): readonly CatchRule[] {
  const rules = fields.objects('Catch');
  return rules.map((rule, index) => readCatcher(rule, index === rules.length - 1));
}

function readCatcher(rule: Fields, last: boolean): CatchRule {
  const read = {
    errorEquals: readErrorEquals(rule, last),
    next: rule.requiredText('Next'),
    caught: rule.language === 'JSONata' ? readOutput(rule) : readResultPath(rule),
  };
  rule.close();
  return read;
}

function readResultPath(rule: Fields): CatchRule['caught'] {
  const resultPath = rule.resultPath('ResultPath') ?? resultReplaces;
  const assign = rule.evaluated('Assign');
  return (visit, errorOutput) => ({
    output: visit.limited(resultPath(visit.input.value, errorOutput)),
    assigned: assign && visit.assigned(assign(visit, { input: errorOutput })),
  });
}

function readOutput(rule: Fields): CatchRule['caught'] {
  const output = rule.evaluated('Output');
  const assign = rule.evaluated('Assign');
  return (visit, errorOutput) => {
    const seen = { input: visit.input.value, errorOutput };
    return {
      output: visit.limited(output === undefined ? errorOutput : output(visit, seen)),
      assigned: assign && visit.assigned(assign(visit, seen)),
    };
  };
}

function readErrorEquals(rule: Fields, last: boolean): readonly string[] {
  const names = rule.texts('ErrorEquals');
  if (names.includes(states.all) && (names.length > 1 || !last)) {
    rule.complain(`${states.all} must appear alone and in the last entry`, 'ErrorEquals');
  }
  return names;
}
