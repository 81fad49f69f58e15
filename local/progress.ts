/** Says how far something is that takes longer than a second. */
export interface Progress {
  /** `share`: of what is to be done, how much is. */
  show(what: string, share: number): void;
  end(): void;
}

const everyMs = 100;

/** The last line of a terminal; elsewhere nothing is shown. */
export function terminalProgress(stream: NodeJS.WriteStream = process.stderr): Progress {
  let shownAt = 0;
  return {
    show(what, share) {
      const now = performance.now();
      if (!stream.isTTY || now - shownAt < everyMs) return;
      shownAt = now;
      stream.write(`\r\u001b[2K${what} … ${Math.floor(share * 100)} %`);
    },
    end() {
      if (stream.isTTY && shownAt > 0) stream.write('\r\u001b[2K');
    },
  };
}
