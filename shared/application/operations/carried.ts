import type { Performer } from './performer.ts';

/** The clock's time. */
export const now: Performer<'now'> = async (_, { clock }) => ({ value: clock.now() });

export const random: Performer<'random'> = async (_, { ids }) => ({ value: ids.random() });

export const id: Performer<'id'> = async (_, { ids }) => ({ value: ids.ulid() });

/** Being recorded is all there is to it. */
export const log: Performer<'log'> = async () => ({ value: null });
