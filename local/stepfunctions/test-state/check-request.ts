import type { JsonObject } from '../../../shared/domain/json.ts';
import { ServiceError } from '../service-error.ts';
import { refuse } from './refuse.ts';
import type { StateConfiguration, TestStateRequest } from './request.ts';

const mockable = ['Task', 'Map', 'Parallel'];
const composite = ['Map', 'Parallel'];

/** Refuses a request whose parts do not go together, for the state that it is about. */
export function checkRequest(request: TestStateRequest, state: JsonObject): void {
  if (request.mock === undefined) checkWithoutMock(request, state);
  else checkWithMock(request, state);
}

function checkWithMock({ revealSecrets, stateConfiguration }: TestStateRequest, state: JsonObject): void {
  const type = String(state['Type']);
  if (!mockable.includes(type)) refuse(`State type '${type}' is not supported when a mock is specified`);
  if (revealSecrets) refuse('TestState does not support RevealSecrets when a mock is specified.');
  checkConfiguration(stateConfiguration, type);
}

/** Settings of a Map make no sense elsewhere, nor does an error from within a state that has nothing in it. */
function checkConfiguration(configuration: StateConfiguration, type: string): void {
  const needs: readonly [name: string, given: unknown, types: readonly string[]][] = [
    ['MapIterationFailureCount', configuration.mapIterationFailureCount, ['Map']],
    ['MapItemReaderData', configuration.mapItemReaderData, ['Map']],
    ['ErrorCausedByState', configuration.errorCausedByState, composite],
  ];
  for (const [name, given, types] of needs) {
    if (given === undefined || types.includes(type)) continue;
    refuse(`TestState does not support ${name} for state type '${type}'.`);
  }
}

function checkWithoutMock(request: TestStateRequest, state: JsonObject): void {
  const { stateConfiguration: configuration } = request;
  const given = [
    ['MapIterationFailureCount', configuration.mapIterationFailureCount],
    ['RetrierRetryCount', configuration.retrierRetryCount],
    ['ErrorCausedByState', configuration.errorCausedByState],
    ['MapItemReaderData', configuration.mapItemReaderData],
    ['Context', request.context],
  ].find(([, value]) => value !== undefined);
  if (given !== undefined) refuse(`TestState does not support ${given[0]} when a mock is not specified.`);
  if (composite.includes(String(state['Type']))) unsupported('Map or Parallel states');
  if (state['Type'] === 'Task') checkCallable(request, state);
}

const activity = /^arn:[^:]+:states:[^:]*:[^:]*:activity:/;
const awaited = /^arn:[^:]+:states:[^:]*:[^:]*:[^.]+\.(sync|waitForTaskToken)/;

/** A task without mock is really done, which can't wait for what happens elsewhere. */
function checkCallable({ roleArn }: TestStateRequest, state: JsonObject): void {
  const resource = String(state['Resource']);
  if (activity.test(resource)) unsupported('Activity tasks');
  const pattern = awaited.exec(resource)?.[1];
  if (pattern !== undefined) unsupported(`the .${pattern} service integration pattern`);
  if (roleArn === undefined) refuse('RoleArn must be specified when testing a Task state');
}

function unsupported(what: string): never {
  const types = 'Supported state types include: [Task, Wait, Pass, Succeed, Fail, Choice]';
  throw new ServiceError('InvalidDefinition', `TestState API does not support ${what}. ${types}`);
}
