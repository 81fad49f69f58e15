/** What a kill may wait for: a run was just acknowledged; somebody has just decided, signalled, paused or cancelled. */
export type Moment = 'accepted' | 'acted';

/** Tells whoever waits that something has just happened. */
export class Moments {
  readonly #waiting: { readonly moment: Moment; readonly resolve: () => void }[] = [];

  happened(moment: Moment): void {
    for (let index = this.#waiting.length - 1; index >= 0; index -= 1) {
      if (this.#waiting[index]?.moment === moment) this.#waiting.splice(index, 1)[0]?.resolve();
    }
  }

  /** Resolves the next time that it happens. */
  next(moment: Moment): Promise<void> {
    return new Promise((resolve) => this.#waiting.push({ moment, resolve }));
  }
}
