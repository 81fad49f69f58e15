import { agent } from 'tandem';

/** Calls the agent it is told to, and gives back what that gives back. */
export default async function run(call: { agent: string; input: unknown }): Promise<unknown> {
  const { output } = await agent.call(call.agent, call.input);
  return output;
}
