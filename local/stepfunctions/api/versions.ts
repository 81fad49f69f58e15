import * as z from 'zod';
import { isSamePlace, machineArn } from '../arns.ts';
import type { StepFunctions } from '../engine.ts';
import type { VersionRow } from '../journal/catalogue.ts';
import type { StateMachine } from '../machines/machines.ts';
import { ServiceError } from '../service-error.ts';
import { arn, description, longArn, page, seconds } from './fields.ts';
import { changeable, plainMachine, versionName } from './find-machine.ts';
import { operation } from './operation.ts';
import { pageOf } from './page-token.ts';

/** Versions of one machine; AWS takes no more. */
const maxVersions = 1_000;

/** What the revision is called on the wire that a machine was created with. */
const initialRevision = 'INITIAL';

export const publishFields = {
  publish: z.boolean().default(false),
  versionDescription: description.optional(),
};

const publishing = z.object({
  stateMachineArn: arn,
  revisionId: z.string().optional(),
  description: description.optional(),
});

/** A revision has one version: publishing it again answers the same. */
export const publishStateMachineVersion = operation(publishing, async (stepFunctions, asked) => {
  const machine = changeable(stepFunctions, asked.stateMachineArn);
  checkRevision(machine, asked.revisionId);
  const version = publish(stepFunctions, machine.name, asked.description);
  await stepFunctions.journal.settled();
  return { creationDate: seconds(version.publishedAt), stateMachineVersionArn: version.arn };
});

/** Publishes the newest revision; it is durable once the journal is settled. */
export function publish(
  { machines, clock, place }: StepFunctions,
  name: string,
  about: string | undefined,
): VersionRow & { readonly arn: string } {
  const versions = machines.versions.list(name);
  const isNew = machines.versions.ofRevision(name, machines.get(name)?.newest.id ?? 0) === undefined;
  if (isNew && versions.length >= maxVersions) {
    const message = `State machine '${name}' has ${maxVersions} versions, and cannot have more.`;
    throw new ServiceError('ServiceQuotaExceededException', message);
  }
  const version = machines.publish(name, { description: about, at: clock.now() });
  return { ...version, arn: machineArn(place, name, version.number) };
}

function checkRevision({ newest }: StateMachine, asked: string | undefined): void {
  const current = newest.revisionId ?? initialRevision;
  if (asked === undefined || asked === current) return;
  throw new ServiceError(
    'ConflictException',
    `Failed to publish the State Machine version for revision ${asked}. The current State Machine revision is ${current}.`,
  );
}

export const listStateMachineVersions = operation(
  page.extend({ stateMachineArn: arn }),
  (stepFunctions, asked) => {
    const { name } = plainMachine(stepFunctions, asked.stateMachineArn);
    const versions = stepFunctions.machines.versions.list(name);
    const { items, next } = pageOf(versions, asked, ({ number }) => -number);
    return {
      stateMachineVersions: items.map(({ number, publishedAt }) => ({
        stateMachineVersionArn: machineArn(stepFunctions.place, name, number),
        creationDate: seconds(publishedAt),
      })),
      ...next,
    };
  },
);

/** Does nothing when there is no such version. */
export const deleteStateMachineVersion = operation(
  z.object({ stateMachineVersionArn: longArn }),
  async (stepFunctions, asked) => {
    const { machine, qualifier, ...place } = versionName(asked.stateMachineVersionArn);
    const { machines } = stepFunctions;
    const isHere = isSamePlace(place, stepFunctions.place);
    const version = isHere ? machines.versions.get(machine, Number(qualifier)) : undefined;
    if (version === undefined) return {};
    const aliases = machines.aliases.leadingTo(machine, version.number).map(({ name }) => name);
    if (aliases.length > 0) {
      throw new ServiceError(
        'ConflictException',
        `Version to be deleted must not be referenced by an alias. Current list of aliases referencing this version: [${aliases.join(', ')}]`,
      );
    }
    machines.versions.drop(version);
    await stepFunctions.journal.settled();
    return {};
  },
);
