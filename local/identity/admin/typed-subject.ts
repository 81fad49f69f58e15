import type { Role } from '../../../shared/domain/audit/records.ts';
import { UsageError } from '../../command-line.ts';
import type { Subject } from '../people/subject.ts';
import type { Request } from './subjects-program.ts';

/** Options that say whom something stands for. */
export const subjectOptions = ['tenant', 'role'] as const;

/** A user of the tenant `local`, unless something else was typed; who has the role platform is in no tenant. */
export function typedSubject({ name, values }: Request): Subject {
  const { role = 'user', tenant } = values;
  if (typeof role !== 'string' || !/^(?:user|operator|admin|platform)$/.test(role)) {
    throw new UsageError(`--role takes user, operator, admin or platform, not ${JSON.stringify(role)}`);
  }
  const home = role === 'platform' ? undefined : 'local';
  return { name, roles: [role as Role], tenant: typeof tenant === 'string' ? tenant : home };
}
