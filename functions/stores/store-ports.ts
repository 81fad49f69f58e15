import type { Ports } from '../../shared/application/ports.ts';

/** The ports behind which logs and records are kept. */
export type StorePorts = Pick<
  Ports,
  'log' | 'projections' | 'agents' | 'auditLog' | 'records' | 'disposal' | 'tokens' | 'outbox'
>;
