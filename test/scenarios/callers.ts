import type { Caller } from './deployment.ts';

/** May do everything in the tenant that most scenarios play in. */
export const owner: Caller = { tenant: 'local', subject: 'olga', roles: ['admin'] };

export const operator: Caller = { tenant: 'local', subject: 'oscar', roles: ['operator'] };

export const user: Caller = { tenant: 'local', subject: 'ute', roles: ['user'] };

/** May do everything, but in another tenant. */
export const stranger: Caller = { tenant: 'elsewhere', subject: 'olga', roles: ['admin'] };

/** Makes and suspends tenants, and stands outside them. */
export const platform: Caller = { tenant: 'platform', subject: 'pat', roles: ['platform'] };
