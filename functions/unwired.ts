import type { Ports } from '../shared/application/ports.ts';
import { isSignature } from '../shared/domain/signature.ts';
import { TandemError } from '../shared/errors/tandem-error.ts';

/** A port that a function has no right to: whoever uses it is told so, and nothing has happened. */
function unwired(name: keyof Ports, known: object = {}): never {
  const port: object = new Proxy(known, {
    get(_, member) {
      if (member in known) return Reflect.get(known, member);
      // What is awaited, printed or taken apart is not used.
      if (typeof member === 'symbol' || member === 'then') return undefined;
      if (member === 'forTenant') return () => port;
      return () => {
        throw new TandemError('internal', { message: `This function has no right to ${name}.${member}` });
      };
    },
  });
  return port as never;
}

/**
 * Every port of a function that has no rights. A new run is told how programs and commands are kept apart by those as well
 * who may start neither, and what a program's host remembers of a run is forgotten where nobody has asked it.
 */
export const unwiredPorts: Omit<Ports, 'watch' | 'background' | 'clock' | 'ids'> = {
  log: unwired('log'),
  projections: unwired('projections'),
  agents: unwired('agents'),
  auditLog: unwired('auditLog'),
  records: unwired('records'),
  blobs: unwired('blobs'),
  exports: unwired('exports'),
  disposal: unwired('disposal'),
  tokens: unwired('tokens'),
  // Step Functions keeps what it likes: there is nothing to forget.
  engine: unwired('engine', { forget: async () => {} }),
  programs: unwired('programs', { isolation: 'function', release() {} }),
  launcher: unwired('launcher', { isolation: 'function', kinds: ['function', 'task'] }),
  tickets: unwired('tickets'),
  signer: unwired('signer', { verify: isSignature }),
  reconcileQueue: unwired('reconcileQueue'),
  outbox: unwired('outbox'),
  webhookSender: unwired('webhookSender'),
  webhookSecrets: unwired('webhookSecrets'),
};
