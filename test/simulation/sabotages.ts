import type { Ports } from '../../shared/application/ports.ts';
import { isTandemError } from '../../shared/errors/tandem-error.ts';
import type { Append, EventLog, TenantEventLog } from '../../shared/ports/event-log.ts';
import type { TenantWaitTokens, WaitTokens } from '../../shared/ports/wait-tokens.ts';

/** Breaks a rule, by way of the ports of one process. */
export type Sabotage = (ports: Ports) => Ports;

/** Ways to break a rule, by the rule in words; the simulation has to notice each. */
export const sabotages: Readonly<Record<string, Sabotage>> = {
  'who waits looks, and only then stores its token': (ports) => {
    const late: (() => Promise<void>)[] = [];
    return {
      ...ports,
      tokens: withTokens(ports.tokens, (tokens) => ({
        put: async (token) => void late.push(() => tokens.put(token)),
      })),
      log: withLog(ports.log, (log) => ({
        read: async (...args) => {
          const page = await log.read(...args);
          await Promise.all(late.splice(0).map((put) => put()));
          return page;
        },
      })),
    };
  },
  'who decides does not look for a token': (ports) => ({
    ...ports,
    tokens: withTokens(ports.tokens, () => ({ get: async () => undefined })),
  }),
  'what was acknowledged is not on the disk yet': (ports) => ({
    ...ports,
    log: withLog(ports.log, (log) => ({
      append: async (append) => {
        ports.clock.at(ports.clock.now() + 3_000, () => void log.append(append).catch(() => {}));
      },
    })),
  }),
  'a conflict is taken for success': (ports) => ({
    ...ports,
    log: withLog(ports.log, (log) => ({
      append: (append) =>
        log.append(append).catch((error: unknown) => {
          if (!isTandemError(error, 'log.conflict')) throw error;
        }),
    })),
  }),
  'a worker begins without a claim': (ports) => ({
    ...ports,
    log: withLog(ports.log, (log) => ({
      append: async (append) => {
        if (!isClaim(append)) await log.append(append);
      },
    })),
  }),
  'views are not written with the events': (ports) => ({
    ...ports,
    log: withLog(ports.log, (log) => ({
      append: (append) => log.append({ ...append, projections: append.projections.slice(0, 2) }),
    })),
  }),
  'who is alive is held for dead': (ports) => ({
    ...ports,
    launcher: {
      isolation: ports.launcher.isolation,
      kinds: ports.launcher.kinds,
      launch: (launch) => ports.launcher.launch(launch),
      launched: (which) => ports.launcher.launched(which),
      alive: async () => false,
      stop: async () => {},
    },
  }),
};

const isClaim = ({ events }: Append): boolean => events.some(({ type }) => type === 'operation.started');

function withLog(log: EventLog, change: (log: TenantEventLog) => Partial<TenantEventLog>): EventLog {
  return {
    allRuns: () => log.allRuns(),
    forTenant: (tenant) => over(log.forTenant(tenant), change),
  };
}

function withTokens(
  tokens: WaitTokens,
  change: (tokens: TenantWaitTokens) => Partial<TenantWaitTokens>,
): WaitTokens {
  return { forTenant: (tenant) => over(tokens.forTenant(tenant), change) };
}

function over<T extends object>(base: T, change: (base: T) => Partial<T>): T {
  const own = change(base);
  return new Proxy(base, { get: (_, key) => Reflect.get(own, key) ?? Reflect.get(base, key) });
}
