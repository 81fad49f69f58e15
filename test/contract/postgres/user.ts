import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { makeUser } from '../../../shared/postgres/make-user.ts';
import type { Cluster } from '../../support/postgres/cluster.ts';
import { freshSchema, openPostgresStores } from '../../support/postgres/stores.ts';
import { runId, tenant } from '../fixtures.ts';

/** The user that functions sign in as, made on a server that is set up as RDS sets one up: its owner may not do everything. */
export function describeUser(cluster: Cluster): void {
  describe('the user of functions: PostgreSQL', () => {
    const owner = { username: `owner_${freshSchema()}`, password: 'it is "his"' };
    const database = freshSchema();
    const user = freshSchema();
    const at = (who: string) => `postgres://${who}@127.0.0.1:${cluster.port}/${database}`;
    before(async () => {
      await cluster.admin('CREATE ROLE rds_iam');
      await cluster.admin(`CREATE ROLE ${owner.username} LOGIN CREATEROLE PASSWORD '${owner.password}'`);
      await cluster.admin(`GRANT rds_iam TO ${owner.username} WITH ADMIN OPTION`);
      await cluster.admin(`CREATE DATABASE ${database} OWNER ${owner.username} ENCODING 'UTF8'`);
    });

    const roles = () =>
      cluster.admin(`
        SELECT rolsuper, rolcreaterole, rolcreatedb, rolpassword IS NULL AS without_password,
          ARRAY(SELECT r.rolname::text FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.roleid
            WHERE m.member = a.oid) AS member_of
        FROM pg_authid a WHERE rolname = '${user}'`);

    test('is made, signs in by IAM and by nothing else, and may make its tables and no more', async (context) => {
      await makeUser(at(user), owner);
      assert.deepEqual(await roles(), [
        {
          rolsuper: false,
          rolcreaterole: false,
          rolcreatedb: false,
          without_password: true,
          member_of: ['rds_iam'],
        },
      ]);
      // No IAM is here: a password stands in for it.
      await cluster.admin(`ALTER ROLE ${user} PASSWORD 'x'`);
      const { log } = openPostgresStores(context, { address: at(`${user}:x`) });
      assert.equal(await log.forTenant(tenant).head(runId(1)), undefined);
    });

    test('is left as it is when it is there', async () => {
      const was = await roles();
      await makeUser(at(user), owner);
      assert.deepEqual(await roles(), was);
    });

    test('is not made by somebody else, and the reason is told', async () => {
      await assert.rejects(makeUser(at(user), { ...owner, password: 'wrong' }), {
        code: 'store.denied',
        message: new RegExp(
          `does not let ${owner.username} into ${database}: password authentication failed`,
        ),
      });
      const stranger = freshSchema();
      await cluster.admin(`CREATE ROLE ${stranger} LOGIN PASSWORD 'x'`);
      await assert.rejects(makeUser(at(freshSchema()), { username: stranger, password: 'x' }), {
        code: 'store.denied',
        message: /permission denied to create role/,
      });
    });
  });
}
