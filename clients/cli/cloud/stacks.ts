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
  const found = await inCloud(() => findStacks(client(), stage));
  if (found.length > 0) return found;
  throw stageAbsent(stage);
}

/** The stacks of a stage, as far as they are there. */
export async function findStacks(client: CloudFormationClient, stage: string): Promise<readonly Stack[]> {
  const stacks: Stack[] = [];
  for await (const page of paginateDescribeStacks({ client }, {})) stacks.push(...(page.Stacks ?? []));
  // LocalStack lists those that are gone as well.
  return stacks.filter(
    ({ StackName: name, StackStatus: status }) => belongsTo(stage, name) && status !== 'DELETE_COMPLETE',
  );
}

export const stageAbsent = (stage: string): TandemError =>
  new TandemError('stage.absent', { message: `There is no stage ${stage} here`, details: { stage } });

/** Stage `dev` has no part in the stacks of a stage `dev-2`. */
export function belongsTo(stage: string, name = ''): boolean {
  const start = `tandem-${stage}-`;
  return name.startsWith(start) && layers.includes(name.slice(start.length));
}

/** Whether a stack was deployed as one of a stage: it is tagged so, whatever it is called. */
export const isOfStage = (stage: string, { Tags = [] }: Stack): boolean =>
  Tags.some(({ Key, Value }) => Key === 'tandem:stage' && Value === stage);

/** In the order in which they are made: each asks things of those before it. */
const layers = ['network', 'data', 'identity', 'api', 'execution', 'observability'];

const layerOf = ({ StackName: name = '' }: Stack): number =>
  layers.findIndex((layer) => name.endsWith(`-${layer}`));

/** The stacks of one stage, so that none goes before those that ask things of it. */
export const inOrderOfRemoval = (stacks: readonly Stack[]): readonly Stack[] =>
  stacks.toSorted((a, b) => layerOf(b) - layerOf(a));

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
