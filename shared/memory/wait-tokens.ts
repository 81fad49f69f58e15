import type { TenantWaitTokens, WaitTokens } from '../ports/wait-tokens.ts';
import type { OpenDisk } from './disk.ts';

/** Task tokens of waiting generations in memory. */
export class MemoryWaitTokens implements WaitTokens {
  readonly #disk: OpenDisk;

  constructor(disk: OpenDisk) {
    this.#disk = disk;
  }

  forTenant(tenant: string): TenantWaitTokens {
    return {
      put: ({ run, generation, loop, token, told }) =>
        this.#disk.write((disk) => {
          const { tokens } = disk.tenant(tenant);
          const older = tokens.get(run);
          const isLater = older && (older.generation - generation || older.loop - loop) > 0;
          if (!isLater) tokens.set(run, { run, generation, loop, token, told });
        }),
      get: (run) => this.#disk.read((disk) => disk.tenant(tenant).tokens.get(run)),
      delete: ({ run, generation, token }) =>
        this.#disk.write((disk) => {
          const { tokens } = disk.tenant(tenant);
          const present = tokens.get(run);
          if (present?.generation === generation && present.token === token) tokens.delete(run);
        }),
    };
  }
}
