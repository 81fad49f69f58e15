import type { Json, JsonObject } from '../../../../shared/domain/json.ts';
import { isObject } from '../../data-flow/is-object.ts';
import { states } from '../../errors/names.ts';
import { attemptDigest } from '../attempt.ts';
import { poll } from '../poll.ts';
import { processEnds, type Service, type ServiceCall, ServiceFailure } from '../service.ts';
import { phaseOf, type Tools } from '../tools.ts';
import { optimizedRequest, withMetadata } from './request.ts';

/** What `.sync` says of who started a task. */
export const startedBy = 'AWS Step Functions';

/** `ecs:runTask`: starts a task in a container; `.sync` waits until it has stopped, and looks at how. */
export function runTask(tools: Tools): Service {
  const request = optimizedRequest(tools, {
    // The service starts one task for a token, however often it is asked.
    repeatable: true,
    prepare: (call) => ({
      ClientToken: attemptDigest(call, 'task'),
      ...(call.resource.pattern.startsWith('sync') ? { StartedBy: startedBy } : {}),
      ...call.parameters,
    }),
    result: (answer, { resource }) => {
      const { Failures: failures } = answer.result;
      if (!Array.isArray(failures) || failures.length === 0) return withMetadata(answer);
      const cause = JSON.stringify(withMetadata(answer));
      throw new ServiceFailure({ error: 'AmazonECS.Unknown', cause, phase: phaseOf(resource.pattern) });
    },
  });
  return { ...request, finish: (call, submitted) => finish(tools, call, submitted) };
}

async function finish(tools: Tools, call: ServiceCall, submitted: Json): Promise<Json> {
  const started = firstTask(submitted);
  if (started === undefined) throw new Error('What was submitted names no task.');
  const where: JsonObject = {
    ...(call.parameters['Cluster'] === undefined ? {} : { Cluster: call.parameters['Cluster'] }),
  };
  const task = await poll(tools, call.signal, async () => {
    const parameters = { ...where, Tasks: [String(started['TaskArn'])] };
    const described = firstTask(await ask(tools, call, { action: 'describeTasks', parameters }));
    return described?.['LastStatus'] === 'STOPPED' ? described : undefined;
  }).catch(async (error: unknown) => {
    if (call.signal.aborted && call.signal.reason !== processEnds) {
      await stop(tools, { ...where, Task: String(started['TaskArn']) });
    }
    throw error;
  });
  if (await hasSucceeded(tools, call, task)) return task;
  throw new ServiceFailure({ error: states.taskFailed, cause: JSON.stringify(task) });
}

interface Question {
  readonly action: string;
  readonly parameters: JsonObject;
}

async function ask(
  { sdk }: Tools,
  { signal }: Pick<ServiceCall, 'signal'>,
  question: Question,
): Promise<JsonObject> {
  const answer = await sdk.send({ ...question, service: 'ecs', style: 'optimized', phase: 'run', signal });
  return answer.result;
}

async function stop(tools: Tools, parameters: JsonObject): Promise<void> {
  const { signal } = new AbortController();
  const reason = 'The execution that waited for it has gone on or ended.';
  await ask(tools, { signal }, { action: 'stopTask', parameters: { ...parameters, Reason: reason } });
}

const objects = (value: Json | undefined): readonly JsonObject[] =>
  Array.isArray(value) ? (value as readonly Json[]).filter(isObject) : [];

const firstTask = (answer: Json): JsonObject | undefined =>
  isObject(answer) ? objects(answer['Tasks'])[0] : undefined;

/** Whether every container that the task stands or falls with ended well. */
async function hasSucceeded(tools: Tools, call: ServiceCall, task: JsonObject): Promise<boolean> {
  const containers = objects(task['Containers']);
  const bad = containers.filter((container) => container['ExitCode'] !== 0);
  if (containers.length === 0) return false;
  if (bad.length === 0) return true;
  if (bad.length === containers.length) return false;
  const essential = await essentialNames(tools, call, task);
  return bad.every(({ Name: name }) => essential?.includes(String(name)) === false);
}

/** `undefined` when the definition cannot be had; then all of them count. */
async function essentialNames(
  tools: Tools,
  call: ServiceCall,
  task: JsonObject,
): Promise<readonly string[] | undefined> {
  const parameters = { TaskDefinition: String(task['TaskDefinitionArn']) };
  try {
    const { TaskDefinition: definition = null } = await ask(tools, call, {
      action: 'describeTaskDefinition',
      parameters,
    });
    const containers = objects(isObject(definition) ? definition['ContainerDefinitions'] : undefined);
    return containers.filter((one) => one['Essential'] !== false).map((one) => String(one['Name']));
  } catch (error) {
    if (error instanceof ServiceFailure) return;
    throw error;
  }
}
