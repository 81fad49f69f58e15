import {
  CloudFormationClient,
  DescribeStacksCommand,
  paginateDescribeStacks,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import { TandemError } from '../../../shared/errors/tandem-error.ts';
import { inCloud } from './cloud-error.ts';

const client = () => new CloudFormationClient({ maxAttempts: 4 });

/** A stack by its name, or `undefined`. */
export function describeStack(name: string): Promise<Stack | undefined> {
  return inCloud(async () => {
    try {
      const { Stacks } = await client().send(new DescribeStacksCommand({ StackName: name }));
      return Stacks?.[0];
    } catch (error) {
      // CloudFormation has no error of its own for a stack that is not there.
      if ((error as Error).name === 'ValidationError') return undefined;
      throw error;
    }
  });
}

/** The stacks of a stage; throws `stage.absent` where there are none. */
export async function stacksOf(stage: string): Promise<readonly Stack[]> {
  const found = await inCloud(async () => {
    const stacks: Stack[] = [];
    for await (const page of paginateDescribeStacks({ client: client() }, {}))
      stacks.push(...(page.Stacks ?? []));
    return stacks.filter(({ StackName: name }) => belongsTo(stage, name));
  });
  if (found.length > 0) return found;
  throw new TandemError('stage.absent', { message: `There is no stage ${stage} here`, details: { stage } });
}

/** Stage `dev` has no part in the stacks of a stage `dev-2`. */
export function belongsTo(stage: string, name = ''): boolean {
  const start = `tandem-${stage}-`;
  return name.startsWith(start) && layers.includes(name.slice(start.length));
}

const layers = ['network', 'data', 'identity', 'api', 'execution', 'observability'];

/** What the stacks of a stage say of themselves, by name. */
export function outputsOf(stacks: readonly Stack[]): ReadonlyMap<string, string> {
  return new Map(
    stacks.flatMap(({ Outputs = [] }) =>
      Outputs.flatMap(({ OutputKey, OutputValue }) =>
        OutputKey !== undefined && OutputValue !== undefined ? [[OutputKey, OutputValue] as const] : [],
      ),
    ),
  );
}
