import { JumpingClock } from '../../../shared/memory/jumping-clock.ts';
import { SeededIds } from '../../../shared/memory/seeded-ids.ts';
import type { Clock } from '../../../shared/ports/clock.ts';
import type { Ids } from '../../../shared/ports/ids.ts';
import { SystemClock } from '../../../shared/system/system-clock.ts';
import { SystemIds } from '../../../shared/system/system-ids.ts';
import type { Place } from '../arns.ts';
import { StepFunctions } from '../engine.ts';
import { nestedExecutions } from '../executions/nested.ts';
import { createMemoryJournal } from '../journal/memory.ts';
import { openSqliteJournal } from '../journal/sqlite.ts';
import { MockedTasks } from '../mocks/mocked-tasks.ts';
import type { MockConfig } from '../mocks/schema.ts';
import { endpointsFrom } from '../services/endpoints.ts';
import { s3Objects } from '../services/s3-objects.ts';
import { Services } from '../services/services.ts';

export interface EngineOptions {
  /** The file of its journal; without it everything is kept in memory. */
  readonly file: string | undefined;
  readonly place: Place;
  readonly clock: 'system' | 'virtual';
  readonly mocks: MockConfig | undefined;
}

export interface WiredEngine {
  readonly stepFunctions: StepFunctions;
  /** Keeps time from moving until what it returns is called; the system's time takes no notice. */
  hold(): () => void;
}

/** The engine alone, on a clock and a journal of its own. With the virtual clock ids repeat, too. */
export function wireEngine({ file, place, clock: kind, mocks }: EngineOptions): WiredEngine {
  const journal = file === undefined ? createMemoryJournal() : openSqliteJournal(file);
  const { clock, ids, hold } = kind === 'virtual' ? virtualTime() : systemTime();
  const mocked = mocks === undefined ? {} : { mocks: new MockedTasks(mocks) };
  const endpoints = endpointsFrom(process.env, place);
  const services = (engine: StepFunctions): Services =>
    new Services({ endpoints, clock, nested: nestedExecutions(engine) });
  const objects = s3Objects(endpoints);
  return {
    stepFunctions: new StepFunctions({ journal, clock, ids, place, hold, services, objects, ...mocked }),
    hold,
  };
}

interface Time {
  readonly clock: Clock;
  readonly ids: Ids;
  hold(): () => void;
}

function systemTime(): Time {
  const clock = new SystemClock();
  return { clock, ids: new SystemIds(() => clock.now()), hold: () => () => {} };
}

function virtualTime(): Time {
  const clock = new JumpingClock();
  return { clock, ids: new SeededIds(1, clock), hold: () => clock.hold() };
}
