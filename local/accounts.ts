import { text } from 'node:stream/consumers';
import { say } from './command-line.ts';
import { type Request, runVerbs, sayList } from './identity/admin/subjects-program.ts';
import { subjectOptions, typedSubject } from './identity/admin/typed-subject.ts';
import { Accounts } from './identity/people/accounts.ts';
import { type Origin, randomPassword } from './identity/people/password.ts';

/** `tandem accounts`: who may sign in. */

const usage = 'Usage: tandem accounts list | add NAME | remove NAME | password NAME [--data DIR] [--json]';

const passwordFlag = ['password-stdin'] as const;

interface Given {
  readonly password: string;
  readonly origin: Origin;
  readonly told: { readonly password?: string };
}

/** The password that was given on standard input, or one made up, which is told once. */
async function passwordFor({ values }: Request): Promise<Given> {
  if (values['password-stdin']) {
    return { password: (await text(process.stdin)).replace(/\r?\n$/, ''), origin: 'chosen', told: {} };
  }
  const password = randomPassword();
  return { password, origin: 'random', told: { password } };
}

const remember = ({ password }: { password?: string }): string =>
  password === undefined ? '' : `\nPassword: ${password}\nIt is shown this once.`;

await runVerbs(usage, {
  list: {
    named: false,
    run: (database) => sayList('accounts', new Accounts(database).list()),
  },
  add: {
    named: true,
    options: subjectOptions,
    flags: passwordFlag,
    async run(database, request) {
      const subject = typedSubject(request);
      const { password, origin, told } = await passwordFor(request);
      await new Accounts(database).add(subject, password, origin);
      const where = subject.tenant === undefined ? 'outside the tenants' : `in the tenant ${subject.tenant}`;
      const done = `Added the account ${subject.name}: ${subject.roles.join(' ')}, ${where}.`;
      say(done + remember(told), { account: { ...subject, ...told } });
    },
  },
  remove: {
    named: true,
    run(database, { name }) {
      new Accounts(database).remove(name);
      say(`Removed the account ${name}. A token that it has got is good for an hour at most.`, {
        removed: { name },
      });
    },
  },
  password: {
    named: true,
    flags: passwordFlag,
    async run(database, request) {
      const { password, origin, told } = await passwordFor(request);
      await new Accounts(database).setPassword(request.name, password, origin);
      const done = `Changed the password of ${request.name} and ended its sign-ins.`;
      say(done + remember(told), { account: { name: request.name, ...told } });
    },
  },
});
