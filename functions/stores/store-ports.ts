import type { Ports } from '../../shared/application/ports.ts';

/** The ports behind which logs and records are kept, and who is connected. */
export type StorePorts = Required<
  Pick<
    Ports,
    | 'log'
    | 'projections'
    | 'agents'
    | 'auditLog'
    | 'records'
    | 'disposal'
    | 'tokens'
    | 'outbox'
    | 'connections'
  >
>;
