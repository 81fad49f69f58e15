import {
  type CloudWatchLogsClient,
  type FilteredLogEvent,
  FilterLogEventsCommand,
  paginateDescribeLogGroups,
} from '@aws-sdk/client-cloudwatch-logs';
import { TandemError } from '../../../shared/errors/tandem-error.ts';
import { inCloud } from './cloud-error.ts';

/** A line that a function of a stage has written. */
export interface FunctionLine {
  /** Of CloudWatch: tells lines apart that are alike. */
  readonly id: string;
  readonly at: string;
  readonly function: string;
  readonly text: string;
}

const prefixOf = (stage: string) => `/tandem/${stage}/`;

/** Functions of a stage that have a log; throws `stage.absent` where there is none. */
export async function loggedFunctions(
  client: CloudWatchLogsClient,
  stage: string,
): Promise<readonly string[]> {
  const prefix = prefixOf(stage);
  const names = await inCloud(async () => {
    const found: string[] = [];
    for await (const { logGroups = [] } of paginateDescribeLogGroups(
      { client },
      { logGroupNamePrefix: prefix },
    )) {
      found.push(...logGroups.flatMap(({ logGroupName }) => logGroupName?.slice(prefix.length) ?? []));
    }
    return found;
  });
  if (names.length > 0) return names;
  throw new TandemError('stage.absent', { message: `There is no stage ${stage} here`, details: { stage } });
}

/** Lines of one function after a moment (milliseconds since the epoch), oldest first; a page at a time. */
export async function* functionLines(
  client: CloudWatchLogsClient,
  { stage, name, since }: { readonly stage: string; readonly name: string; readonly since: number },
): AsyncGenerator<FunctionLine> {
  let nextToken: string | undefined;
  do {
    const page = await inCloud(() =>
      client.send(
        new FilterLogEventsCommand({
          logGroupName: `${prefixOf(stage)}${name}`,
          startTime: since,
          ...(nextToken === undefined ? {} : { nextToken }),
        }),
      ),
    );
    for (const event of page.events ?? []) yield lineOf(name, event);
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
}

function lineOf(name: string, { eventId = '', timestamp = 0, message = '' }: FilteredLogEvent): FunctionLine {
  return { id: eventId, at: new Date(timestamp).toISOString(), function: name, text: message.trimEnd() };
}
