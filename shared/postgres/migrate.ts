import type { ClientBase } from 'pg';
import { migrations } from './schema/migrations.ts';

/** The first half of what everybody locks who changes a schema of ours; the second is the schema's. */
const lock = 0x746d;

/**
 * Brings the schema to the newest version, or makes it: in one transaction, so that a crash leaves the old one, and one
 * at a time, however many functions begin at once.
 */
export async function migrate(client: ClientBase, schema: string): Promise<void> {
  // Whoever has waited for the lock is to see what was done meanwhile.
  await client.query('BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE');
  try {
    await client.query(`SELECT pg_advisory_xact_lock(${lock}, hashtext('${schema}'))`);
    await client.query(`
      CREATE SCHEMA IF NOT EXISTS ${schema};
      SET LOCAL search_path TO ${schema};
      CREATE TABLE IF NOT EXISTS ${schema}.schema_versions (
        version integer PRIMARY KEY, least integer NOT NULL, applied_at timestamptz NOT NULL DEFAULT now()
      )`);
    const { rows } = await client.query<{ version: number }>(
      `SELECT coalesce(max(version), 0) AS version FROM ${schema}.schema_versions`,
    );
    const version = rows[0]?.version ?? 0;
    for (const [index, { script, least }] of migrations.entries()) {
      if (index < version) continue;
      await client.query(script);
      await client.query(
        `INSERT INTO ${schema}.schema_versions (version, least) VALUES (${index + 1}, ${least})`,
      );
    }
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}
