import * as z from 'zod';
import { activityArn, isSamePlace } from '../arns.ts';
import type { StepFunctions } from '../engine.ts';
import type { ActivityRow } from '../journal/catalogue.ts';
import { activityResource } from '../machines/tags.ts';
import { ServiceError } from '../service-error.ts';
import { activityName, arn, checkName, name, page, seconds } from './fields.ts';
import { operation } from './operation.ts';
import { pageOf } from './page-token.ts';
import { checkEncryption, encryption } from './settings.ts';
import { checkTagCount, tags } from './tags.ts';

const newActivity = z.object({
  name,
  tags: tags.default([]),
  encryptionConfiguration: encryption.optional(),
});

/** Creating the same activity again answers the same, whatever tags are given. */
export const createActivity = operation(newActivity, async (stepFunctions, asked) => {
  checkName(asked.name);
  const known = stepFunctions.activities.get(asked.name);
  const activity = known === undefined ? create(stepFunctions, asked) : same(stepFunctions, known, asked);
  await stepFunctions.journal.settled();
  return {
    activityArn: activityArn(stepFunctions.place, activity.name),
    creationDate: seconds(activity.createdAt),
  };
});

function create(
  { activities, clock, machines }: StepFunctions,
  { name: given, tags: tagged, encryptionConfiguration }: z.output<typeof newActivity>,
): ActivityRow {
  if (encryptionConfiguration !== undefined) checkEncryption(encryptionConfiguration);
  checkTagCount(tagged);
  const activity = {
    name: given,
    createdAt: clock.now(),
    ...(encryptionConfiguration && { encryption: { ...encryptionConfiguration } }),
  } as ActivityRow;
  activities.add(activity);
  machines.tags.add(activityResource(given), tagged);
  return activity;
}

function same(
  { place }: StepFunctions,
  known: ActivityRow,
  { encryptionConfiguration: asked }: z.output<typeof newActivity>,
): ActivityRow {
  if (JSON.stringify(known.encryption) === JSON.stringify(asked)) return known;
  const taken = activityArn(place, known.name);
  throw new ServiceError('ActivityAlreadyExists', `Activity Already Exists: '${taken}'`);
}

export const describeActivity = operation(z.object({ activityArn: arn }), (stepFunctions, asked) => {
  const activity = existing(stepFunctions, asked.activityArn);
  return {
    ...summary(stepFunctions, activity),
    ...(activity.encryption && { encryptionConfiguration: activity.encryption }),
  };
});

export const listActivities = operation(page, (stepFunctions, asked) => {
  const { items, next } = pageOf(stepFunctions.activities.list(), asked, (activity) => activity.name);
  return { activities: items.map((activity) => summary(stepFunctions, activity)), ...next };
});

/** Does nothing when there is no such activity. */
export const deleteActivity = operation(z.object({ activityArn: arn }), async (stepFunctions, asked) => {
  const activity = find(stepFunctions, asked.activityArn);
  if (activity !== undefined) {
    stepFunctions.activities.drop(activity.name);
    stepFunctions.machines.tags.drop(activityResource(activity.name));
    stepFunctions.activityQueues.drop(asked.activityArn);
  }
  await stepFunctions.journal.settled();
  return {};
});

const workerName = z.string().min(1).max(80);

/** Waits for a task for up to a minute; answers a token and an input, or neither. */
export const getActivityTask = operation(
  z.object({ activityArn: arn, workerName: workerName.optional() }),
  async (stepFunctions, asked, { signal }) => {
    existing(stepFunctions, asked.activityArn);
    for (;;) {
      const taken = await stepFunctions.activityQueues.poll(asked.activityArn, asked.workerName, signal);
      if (taken === undefined) return {};
      if (signal.aborted) {
        taken.putBack();
        return {};
      }
      const taskToken = stepFunctions.take(taken);
      if (taskToken === undefined) continue;
      await stepFunctions.durable(taken.execution);
      return { taskToken, input: taken.input };
    }
  },
);

function find({ activities, place }: StepFunctions, asked: string): ActivityRow | undefined {
  const { name: named, ...where } = activityName(asked);
  return isSamePlace(where, place) ? activities.get(named) : undefined;
}

function existing(stepFunctions: StepFunctions, asked: string): ActivityRow {
  const activity = find(stepFunctions, asked);
  if (activity !== undefined) return activity;
  throw new ServiceError('ActivityDoesNotExist', `Activity Does Not Exist: '${asked}'`);
}

function summary({ place }: StepFunctions, { name: named, createdAt }: ActivityRow) {
  return { activityArn: activityArn(place, named), name: named, creationDate: seconds(createdAt) };
}
