import type { Role } from '../../../shared/domain/audit/records.ts';
import { isTenant, knownRoles } from '../../../shared/identity/principals.ts';
import { createLogger } from '../../../shared/logging/logger.ts';
import { exitWith, typed, UsageError } from '../../command-line.ts';
import { serverSettings } from '../../settings/server-settings.ts';
import { openIssuer } from './issuer.ts';

/**
 * `docker compose exec -T identity tandem-token`: a token of whoever is named, for whoever may run commands in the
 * container of the issuer. Without more it is good for everything in the tenant `local`, for a day.
 */

const usage = 'Usage: tandem-token [--tenant NAME] [--subject NAME] [--roles ROLE,…] [--hours N]';

function request() {
  const {
    tenant = 'local',
    subject = 'cli',
    roles = 'admin,platform',
    hours = '24',
  } = typed(['tenant', 'subject', 'roles', 'hours']);
  if (!isTenant(tenant)) throw new UsageError(`--tenant takes lower-case letters, digits and hyphens`);
  const listed = roles.split(',') as Role[];
  if (!listed.every((role) => knownRoles.has(role))) {
    throw new UsageError('--roles takes user, operator, admin and platform, with commas between');
  }
  if (!/^\d{1,3}$/.test(hours)) throw new UsageError('--hours takes a whole number up to 999');
  return { tenant, subject, roles: listed, ttlSeconds: Number(hours) * 3_600 };
}

try {
  const asked = request();
  const issuer = await openIssuer({
    data: serverSettings({}, process.env).TANDEM_DATA,
    log: createLogger({ level: 'silent', write: () => {}, now: Date.now }),
    stranger: () => {},
  });
  console.log(issuer.issueToken(asked));
  issuer.close();
} catch (error) {
  exitWith(error, usage);
}
