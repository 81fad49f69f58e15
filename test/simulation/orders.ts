import type { App } from '../../shared/application/app.ts';
import { everyOrder } from './choosers.ts';
import { type Interceptor, nameOf } from './intercept.ts';
import { Stage } from './stage.ts';
import { stillness, Turns } from './turns.ts';

/** Calls whose order matters: those that others see, or that see others. */
const seen: ReadonlySet<string> = new Set([
  'log.append',
  'log.read',
  'log.head',
  'tokens.put',
  'tokens.get',
  'engine.start',
  'engine.succeed',
]);

export interface Encounter {
  readonly stage: Stage;
  /** What two processes do at the same time, each with its own ports. */
  readonly actors: readonly ((app: App) => Promise<unknown>)[];
  /** What must be true afterwards, whichever call came first. */
  readonly afterwards: () => Promise<void>;
}

/**
 * Lets two processes meet in every order that their calls can arrive in; each order in a world of its own. Returns how
 * many orders there were; throws what an actor throws.
 */
export function inEveryOrder(prepare: (stage: Stage) => Promise<Omit<Encounter, 'stage'>>): Promise<number> {
  return everyOrder(async (chooser) => {
    const stage = new Stage();
    const { actors, afterwards } = await prepare(stage);
    const turns = new Turns();
    const intercept: Interceptor = async (call, proceed) => {
      if (seen.has(nameOf(call))) await turns.turn(nameOf(call));
      return proceed();
    };
    const straight: Interceptor = (call, proceed) => (call.sync ? proceed() : intercept(call, proceed));
    let acting = actors.length;
    const done = () => {
      acting -= 1;
    };
    const all = Promise.all(actors.map((act) => act(stage.makeApp(straight)).finally(done)));
    all.catch(() => {});
    while (acting > 0) {
      await stillness();
      if (acting > 0 && turns.next(chooser) === undefined) throw new Error('An actor waits for ever.');
    }
    await all;
    await afterwards();
  });
}
