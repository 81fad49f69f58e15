import { issuerNames } from '../../local/identity/issuer-names.ts';
import { type LocalIssuer, openLocalIssuer } from '../../local/identity/local-issuer.ts';
import { createLogger } from '../../shared/logging/logger.ts';

/** The issuer of a data folder, as the server opens it. `name`: where the server listens. */
export function localIssuerIn(folder: string, name = 'http://127.0.0.1:4400'): Promise<LocalIssuer> {
  return openLocalIssuer({
    folder,
    names: issuerNames(() => name),
    audience: 'tandem',
    log: createLogger({ level: 'silent', write: () => {}, now: Date.now }),
    now: Date.now,
    stranger: () => {},
  });
}
