import * as z from 'zod';
import { JsonData } from '../data-flow/json-data.ts';
import { readEvents } from '../history/read.ts';
import { wireEvent } from '../history/wire.ts';
import { found } from './executions.ts';
import { arn, page } from './fields.ts';
import { operation } from './operation.ts';
import { pageToken, readPageToken } from './page-token.ts';

const asked = page.extend({
  executionArn: arn,
  reverseOrder: z.boolean().default(false),
  includeExecutionData: z.boolean().default(true),
});

/** A page token holds the id of the page's first event. */
export const getExecutionHistory = operation(asked, async (stepFunctions, input) => {
  const { maxResults, nextToken, reverseOrder, includeExecutionData: includeData } = input;
  const { journal, place } = stepFunctions;
  const { id, input: text, roleArn } = found(stepFunctions, input.executionArn);
  await journal.settled();
  const last = journal.last(id)?.lastEvent ?? 0;
  const start = reverseOrder ? last : 1;
  const first = nextToken === undefined ? start : readPageToken(nextToken);
  const range = reverseOrder
    ? { from: Math.max(1, first - maxResults + 1), to: first }
    : { from: first, to: Math.min(last, first + maxResults - 1) };
  const execution = { id, input: JsonData.parse(text), roleArn, region: place.region };
  const events = readEvents(journal, execution, range).map(({ event, id: eventId, previous, at }) =>
    wireEvent(event, { execution, id: eventId, previous, at, includeData }),
  );
  const next = reverseOrder ? range.from - 1 : range.to + 1;
  return {
    events: reverseOrder ? events.reverse() : events,
    ...(next >= 1 && next <= last ? { nextToken: pageToken(next) } : {}),
  };
});
