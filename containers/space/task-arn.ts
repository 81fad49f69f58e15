import { send } from './http.ts';

/** The ARN of the ECS task that this process is the worker of, as ECS tells its containers; `undefined` outside of ECS. */
export async function taskArn(environment = process.env): Promise<string | undefined> {
  const { ECS_CONTAINER_METADATA_URI_V4: address } = environment;
  if (!address) return undefined;
  const { status, body } = await send(`${address}/task`, { method: 'GET' });
  if (status !== 200) throw new Error(`The metadata of the task cannot be read: ${status}`);
  return (JSON.parse(body.toString('utf8')) as { TaskARN: string }).TaskARN;
}
