import type { Aws } from './aws.ts';
import type { Held } from './held.ts';
import { kinds } from './kinds.ts';
import { isThere } from './remove-resource.ts';

/** Something that is left when a stage is gone. */
export interface Stay {
  readonly what: string;
  readonly costs: string;
}

/** What stacks have left behind and is still there, one line for each kind. */
export async function whatIsLeft(aws: Aws, left: readonly Held[]): Promise<readonly Stay[]> {
  const there: Held[] = [];
  for (const one of left) if (await isThere(aws, one)) there.push(one);
  const byType = Object.groupBy(there, ({ type }) => type);
  return Object.entries(kinds).flatMap(([type, { name, costs }]) => {
    const ids = byType[type]?.map(({ id }) => id) ?? [];
    if (ids.length === 0) return [];
    const what = ids.length > 3 ? `${ids.length} of the kind “${name}”` : `${name} ${ids.join(', ')}`;
    return [{ what, costs }];
  });
}

/** What a stage has left behind and another stack has taken over since: ids, and names of those stacks. */
export const whatOthersHold = (adopted: ReadonlyMap<string, string>): readonly Stay[] =>
  [...adopted].map(([id, stack]) => ({ what: `${id}, which is stack ${stack}'s now`, costs: 'as before' }));

/** What AWS itself keeps for a while of what was removed, and what is the account's. */
export function whatAwsKeeps(
  removed: readonly Pick<Held, 'type' | 'id'>[],
  { account, region }: { readonly account: string; readonly region: string },
): readonly Stay[] {
  const ids = (type: string) => [...new Set(removed.filter((one) => one.type === type).map(({ id }) => id))];
  return [
    ...ids('AWS::KMS::Key').map((id) => ({ what: `key ${id}, for up to 30 days`, costs: 'nothing' })),
    ...ids('AWS::DynamoDB::Table').map((id) => ({
      what: `AWS's own copy of table ${id}, for 35 days`,
      costs: 'nothing',
    })),
    ...ids('AWS::RDS::DBCluster').map((id) => ({
      what: `snapshots that somebody took of database ${id}`,
      costs: '$0.021 a month for each GB',
    })),
    { what: 'the role by which API Gateway writes logs, one for the whole region', costs: 'nothing' },
    {
      what: `CDKToolkit, with bucket cdk-hnb659fds-assets-${account}-${region}: code of every deployment`,
      costs: '$0.023 a month for each GB; `npx cdk gc` empties it',
    },
  ];
}
