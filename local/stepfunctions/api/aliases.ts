import * as z from 'zod';
import { isSamePlace, machineArn } from '../arns.ts';
import type { StepFunctions } from '../engine.ts';
import type { AliasRow } from '../journal/catalogue.ts';
import { ServiceError } from '../service-error.ts';
import { arn, description, machineName, name, page, seconds } from './fields.ts';
import { changeable, plainMachine, versionName } from './find-machine.ts';
import { operation } from './operation.ts';
import { pageOf } from './page-token.ts';
import { routesOf, routing } from './routing.ts';

/** Aliases of one machine; AWS takes no more. */
const maxAliases = 100;

const namePattern = /^(?=.*[a-zA-Z_\-.])[a-zA-Z0-9_\-.]+$/;

const newAlias = z.object({
  name: name.refine((given) => namePattern.test(given), {
    message: String.raw`Member must satisfy regular expression pattern: ^(?=.*[a-zA-Z_\-\.])[a-zA-Z0-9_\-\.]+$`,
  }),
  description: description.optional(),
  routingConfiguration: routing,
});

/** Creating the same alias again answers the same. */
export const createStateMachineAlias = operation(newAlias, async (stepFunctions, asked) => {
  const { machine, routes } = routesOf(stepFunctions, asked.routingConfiguration);
  changeable(stepFunctions, machineArn(stepFunctions.place, machine));
  const at = stepFunctions.clock.now();
  const content = { machine, name: asked.name, description: asked.description, routes };
  const alias = known(stepFunctions, content) ?? { ...content, createdAt: at, updatedAt: at };
  stepFunctions.machines.aliases.keep(alias);
  await stepFunctions.journal.settled();
  return {
    creationDate: seconds(alias.createdAt),
    stateMachineAliasArn: machineArn(stepFunctions.place, machine, alias.name),
  };
});

type AliasContent = Pick<AliasRow, 'machine' | 'name' | 'description' | 'routes'>;

/** The alias that is like this already. */
function known({ machines }: StepFunctions, asked: AliasContent): AliasRow | undefined {
  const found = machines.aliases.get(asked.machine, asked.name);
  if (found === undefined) {
    if (machines.aliases.list(asked.machine).length < maxAliases) return undefined;
    const message = `State machine '${asked.machine}' has ${maxAliases} aliases, and cannot have more.`;
    throw new ServiceError('ServiceQuotaExceededException', message);
  }
  const sameRoutes = JSON.stringify(found.routes) === JSON.stringify(asked.routes);
  if (sameRoutes && found.description === asked.description) return found;
  const message =
    'Failed to create alias because an alias with the same name and a different routing configuration already exists.';
  throw new ServiceError('ConflictException', message);
}

const aliasArn = z.object({ stateMachineAliasArn: arn });

export const describeStateMachineAlias = operation(aliasArn, (stepFunctions, asked) => {
  const alias = existing(stepFunctions, asked.stateMachineAliasArn);
  const { place } = stepFunctions;
  return {
    stateMachineAliasArn: machineArn(place, alias.machine, alias.name),
    name: alias.name,
    ...(alias.description === undefined ? {} : { description: alias.description }),
    routingConfiguration: alias.routes.map(({ version, weight }) => ({
      stateMachineVersionArn: machineArn(place, alias.machine, version),
      weight,
    })),
    creationDate: seconds(alias.createdAt),
    updateDate: seconds(alias.updatedAt),
  };
});

const change = aliasArn.extend({
  description: description.optional(),
  routingConfiguration: routing.optional(),
});

/** Executions started from then on go where it leads now. */
export const updateStateMachineAlias = operation(change, async (stepFunctions, asked) => {
  const { description: about, routingConfiguration } = asked;
  if (about === undefined && routingConfiguration === undefined) {
    const message = 'Either the description or the RoutingConfiguration must be specified';
    throw new ServiceError('MissingRequiredParameter', message);
  }
  const alias = existing(stepFunctions, asked.stateMachineAliasArn);
  const updatedAt = stepFunctions.clock.now();
  stepFunctions.machines.aliases.keep({
    ...alias,
    ...(about === undefined ? {} : { description: about }),
    ...(routingConfiguration && {
      routes: routesOf(stepFunctions, routingConfiguration, alias.machine).routes,
    }),
    updatedAt,
  });
  await stepFunctions.journal.settled();
  return { updateDate: seconds(updatedAt) };
});

/** Does nothing when there is no such alias. */
export const deleteStateMachineAlias = operation(aliasArn, async (stepFunctions, asked) => {
  const alias = find(stepFunctions, asked.stateMachineAliasArn);
  if (alias !== undefined) stepFunctions.machines.aliases.drop(alias);
  await stepFunctions.journal.settled();
  return {};
});

/** All of a machine, or those that lead to a version. */
export const listStateMachineAliases = operation(
  page.extend({ stateMachineArn: arn }),
  (stepFunctions, asked) => {
    const { machine, qualifier, ...where } = machineName(asked.stateMachineArn);
    const { name: owner } = plainMachine(stepFunctions, machineArn(where, machine));
    const { aliases } = stepFunctions.machines;
    const all = qualifier === undefined ? aliases.list(owner) : aliases.leadingTo(owner, Number(qualifier));
    const { items, next } = pageOf(all, asked, (alias) => alias.name);
    return {
      stateMachineAliases: items.map((alias) => ({
        stateMachineAliasArn: machineArn(stepFunctions.place, owner, alias.name),
        creationDate: seconds(alias.createdAt),
      })),
      ...next,
    };
  },
);

function find({ machines, place }: StepFunctions, aliasArnAsked: string): AliasRow | undefined {
  const { machine, qualifier, ...where } = versionName(aliasArnAsked);
  return isSamePlace(where, place) ? machines.aliases.get(machine, qualifier) : undefined;
}

function existing(stepFunctions: StepFunctions, asked: string): AliasRow {
  const alias = find(stepFunctions, asked);
  if (alias !== undefined) return alias;
  throw new ServiceError('ResourceNotFound', 'Request references a resource that does not exist.');
}
