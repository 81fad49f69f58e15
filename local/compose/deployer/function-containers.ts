import { request } from 'node:http';
import { json } from 'node:stream/consumers';

const socketPath = '/var/run/docker.sock';

/**
 * Removes the containers in which functions of LocalStack run, by the label that it gives them. Those of a LocalStack
 * that was killed stay behind: they work for nobody, and hold the network.
 */
export async function removeFunctionContainers(label: string): Promise<number> {
  const filters = encodeURIComponent(JSON.stringify({ label: [label] }));
  const found = (await ask('GET', `/containers/json?all=1&filters=${filters}`)) as { readonly Id: string }[];
  // One that is being removed already is no fault.
  await Promise.all(found.map(({ Id }) => ask('DELETE', `/containers/${Id}?force=1&v=1`).catch(() => {})));
  return found.length;
}

/** Asks the Docker Engine; resolves with its answer. */
function ask(method: 'GET' | 'DELETE', path: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ socketPath, method, path }, (answer) => {
      const { statusCode = 500 } = answer;
      if (statusCode === 204) {
        answer.resume();
        return resolve(undefined);
      }
      if (statusCode < 300) return void json(answer).then(resolve, reject);
      answer.resume();
      reject(new Error(`Docker answered ${statusCode} to ${method} ${path}`));
    });
    outgoing.once('error', reject);
    outgoing.end();
  });
}
