import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { Role } from '../../../shared/domain/audit/records.ts';
import { TandemError } from '../../../shared/errors/tandem-error.ts';
import type { Subject } from './subject.ts';

export type Row = Readonly<Record<string, SQLOutputValue>>;

/** Somebody or something that tokens can stand for, as a list shows it. */
export interface Listed extends Subject {
  /** ISO time. */
  readonly createdAt: string;
}

export function listedOf(row: Row): Listed {
  return {
    name: String(row['name']),
    tenant: row['tenant'] === null ? undefined : String(row['tenant']),
    roles: JSON.parse(String(row['roles'])) as Role[],
    createdAt: String(row['created_at']),
  };
}

/** Throws `request.invalid` when an account or a client has the name: both are subjects, and must not be confused. */
export function assertFree(database: DatabaseSync, name: string): void {
  const taken = database
    .prepare('SELECT name FROM accounts WHERE name = :name UNION SELECT name FROM clients WHERE name = :name')
    .get({ name });
  if (taken === undefined) return;
  throw new TandemError('request.invalid', {
    message: `There is an account or a client called ${name} already`,
  });
}

export function notThere(what: 'account' | 'client', name: string): TandemError {
  return new TandemError('resource.not-found', { message: `There is no ${what} called ${name}` });
}
