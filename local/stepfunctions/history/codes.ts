import type { EventKind, StateType } from './events.ts';

/** How kinds are written down. Journals live for years: codes may be added, never changed or used again. */
const kindCodes: Readonly<Record<EventKind, string>> = {
  ExecutionStarted: 'es',
  ExecutionSucceeded: 'eo',
  ExecutionFailed: 'ef',
  ExecutionTimedOut: 'et',
  ExecutionAborted: 'ea',
  StateEntered: 'si',
  StateExited: 'so',
  LambdaFunctionScheduled: 'fs',
  LambdaFunctionStarted: 'fb',
  LambdaFunctionSucceeded: 'fo',
  LambdaFunctionFailed: 'ff',
  LambdaFunctionTimedOut: 'ft',
  LambdaInvokeScheduled: 'ls',
  LambdaInvokeSubmitted: 'lw',
  LambdaInvokeSucceeded: 'lo',
  TaskScheduled: 'ts',
  TaskStarted: 'tb',
  TaskSucceeded: 'to',
  TaskFailed: 'tf',
  TaskTimedOut: 'tt',
  ExecutionRedriven: 'er',
  StateAborted: 'sa',
  EvaluationFailed: 'vf',
  ParallelStateStarted: 'pb',
  ParallelStateSucceeded: 'po',
  ParallelStateFailed: 'pf',
  MapStateStarted: 'mb',
  MapStateSucceeded: 'mo',
  MapStateFailed: 'mf',
  MapIterationStarted: 'ib',
  MapIterationSucceeded: 'io',
  MapIterationFailed: 'if',
  MapIterationAborted: 'ia',
  MapRunStarted: 'rb',
  MapRunRedriven: 'rr',
  MapRunSucceeded: 'ro',
  MapRunAborted: 'ra',
  MapRunFailed: 'rf',
  LambdaFunctionScheduleFailed: 'fx',
  ActivityScheduled: 'as',
  ActivityStarted: 'ab',
  ActivitySucceeded: 'ao',
  ActivityFailed: 'af',
  ActivityScheduleFailed: 'ax',
  ActivityTimedOut: 'at',
  TaskSubmitted: 'tw',
  TaskStartFailed: 'tx',
  TaskSubmitFailed: 'ty',
};

/** State types as they are written down, under the same promise. */
const stateCodes: Readonly<Record<StateType, string>> = {
  Pass: 'p',
  Task: 't',
  Choice: 'c',
  Wait: 'w',
  Succeed: 's',
  Fail: 'f',
  Parallel: 'l',
  Map: 'm',
};

const kinds = invert(kindCodes);
const stateTypes = invert(stateCodes);

export const codeOfKind = (kind: EventKind): string => kindCodes[kind];
export const kindOfCode = (code: string): EventKind => known(kinds, code);
export const codeOfState = (type: StateType): string => stateCodes[type];
export const stateOfCode = (code: string): StateType => known(stateTypes, code);

function invert<Name extends string>(codes: Readonly<Record<Name, string>>): ReadonlyMap<string, Name> {
  return new Map(Object.entries(codes).map(([name, code]) => [code as string, name as Name]));
}

function known<Name>(names: ReadonlyMap<string, Name>, code: string): Name {
  const name = names.get(code);
  if (name === undefined) throw new Error(`The journal holds an event of an unknown kind, '${code}'.`);
  return name;
}
