import { file } from 'tandem';

/** As many operations in a row as it is told. */
export default async function run({ operations }: { operations: number }): Promise<number> {
  for (let i = 0; i < operations; i++) await file.list();
  return operations;
}
