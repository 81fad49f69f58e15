import { type App, createApp } from '../shared/application/app.ts';
import { auditWatch } from '../shared/application/audit/audit.ts';
import type { Ports } from '../shared/application/ports.ts';
import { createLogger } from '../shared/logging/logger.ts';
import { readSettings } from '../shared/protocol/environment/read-settings.ts';
import { PollingRunWatch } from '../shared/system/polling-run-watch.ts';
import { SystemClock } from '../shared/system/system-clock.ts';
import { SystemIds } from '../shared/system/system-ids.ts';
import { background } from './background.ts';
import { remembered } from './remembered.ts';
import { unwiredPorts } from './unwired.ts';
import type { Besides, Part, Surroundings, Wire, Wired } from './wired.ts';

/**
 * Puts a function together from its parts and its environment. That begins when the module is loaded, which is part of
 * what a cold start does anyway; what is wrong with it is told to whoever calls, not to whoever loads.
 */
export function wire(parts: readonly Part[], env: Surroundings['env'] = process.env): Wire {
  const wired = remembered(() => assemble(parts, env));
  wired().catch(() => {});
  return wired;
}

async function assemble(parts: readonly Part[], env: Surroundings['env']): Promise<Wired> {
  const settings = readSettings('function', env);
  const log = createLogger({
    level: settings.TANDEM_LOG_LEVEL ?? 'info',
    write: (line) => void process.stdout.write(line),
    now: Date.now,
  });
  const clock = new SystemClock();
  const surroundings = { settings, env, log, clock };
  const brought: Partial<Ports> & Besides = {};
  let app: App | undefined;
  const late = (): App => {
    if (app === undefined) throw new Error('A part uses the others before they are put together');
    return app;
  };
  for (const part of parts) Object.assign(brought, await part(surroundings, late));
  const { refusals, deadLetters, sender, lookAgain, ...ports } = brought;
  app = createApp(portsOf(surroundings, ports));
  return {
    ...surroundings,
    app,
    ...(refusals ? { refusals } : {}),
    ...(deadLetters ? { deadLetters } : {}),
    ...(sender ? { sender } : {}),
    ...(lookAgain ? { lookAgain } : {}),
  };
}

function portsOf({ log, clock }: Surroundings, brought: Partial<Ports>): Ports {
  const ports = { ...unwiredPorts, ...brought };
  return {
    ...ports,
    watch: new PollingRunWatch({ log: ports.log, auditLog: ports.auditLog, audit: auditWatch, clock }),
    background: background(log),
    clock,
    ids: new SystemIds(() => clock.now()),
  };
}
