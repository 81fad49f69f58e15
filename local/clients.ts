import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { JsonObject } from '../shared/domain/json.ts';
import { say, UsageError } from './command-line.ts';
import { runVerbs, sayList } from './identity/admin/subjects-program.ts';
import { subjectOptions, typedSubject } from './identity/admin/typed-subject.ts';
import { Clients } from './identity/people/clients.ts';

/** `tandem clients`: machines that get tokens by themselves. */

const usage = 'Usage: tandem clients list | add NAME | remove NAME [--data DIR] [--json]';

/** The public key in a PEM file, as a key set. Whoever gives a private one by mistake has shown it: it is refused. */
function keySetOf(file: string): JsonObject {
  const pem = read(file);
  if (pem.includes('PRIVATE KEY'))
    throw new UsageError(`${file} holds a private key; --public-key takes the public one`);
  try {
    return { keys: [{ ...(createPublicKey(pem).export({ format: 'jwk' }) as JsonObject), use: 'sig' }] };
  } catch {
    throw new UsageError(`${file} holds no public key (PEM)`);
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${file} cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}

await runVerbs(usage, {
  list: {
    named: false,
    run: (database) => sayList('clients', new Clients(database).list()),
  },
  add: {
    named: true,
    options: [...subjectOptions, 'public-key'],
    run(database, request) {
      const subject = typedSubject(request);
      const file = request.values['public-key'];
      const secret = new Clients(database).add(
        subject,
        typeof file === 'string' ? keySetOf(file) : undefined,
      );
      const where = subject.tenant === undefined ? 'outside the tenants' : `in the tenant ${subject.tenant}`;
      const told = secret === undefined ? '' : `\nSecret: ${secret}\nIt is shown this once.`;
      say(`Added the client ${subject.name}: ${subject.roles.join(' ')}, ${where}.${told}`, {
        client: { ...subject, ...(secret !== undefined && { secret }) },
      });
    },
  },
  remove: {
    named: true,
    run(database, { name }) {
      new Clients(database).remove(name);
      say(`Removed the client ${name}. A token that it has got is good for an hour at most.`, {
        removed: { name },
      });
    },
  },
});
