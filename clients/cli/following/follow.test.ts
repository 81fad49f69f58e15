import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EventPage, RunEvent } from '../../../shared/protocol/events.ts';
import { ApiError, unreachable } from '../../sdk/api-error.ts';
import type { TandemClient } from '../../sdk/client.ts';
import { created, eventOf } from '../testing/events.ts';
import { Timeline } from '../timeline/timeline.ts';
import type { Decider } from './decider.ts';
import { type FollowEnd, follow } from './follow.ts';
import type { Viewer } from './viewer.ts';

class RememberingViewer implements Viewer {
  readonly shown: number[] = [];
  readonly notes: string[] = [];
  readonly #timeline = new Timeline();

  get seen(): number {
    return this.shown.at(-1) ?? 0;
  }

  get approvals() {
    return this.#timeline.approvals;
  }

  add(events: readonly RunEvent[]): void {
    for (const event of events) {
      this.#timeline.add(event);
      this.shown.push(event.seq);
    }
  }

  wait(): void {}

  note(text: string): void {
    this.notes.push(text);
  }

  close(): void {}
}

/** A client whose log comes in these pages; an error in their place is thrown. */
function clientOf(pages: (EventPage | Error)[]): () => TandemClient {
  return () =>
    ({
      async *livePages() {
        while (pages.length > 0) {
          const page = pages.shift() as EventPage | Error;
          if (page instanceof Error) throw page;
          yield page;
        }
      },
    }) as unknown as TandemClient;
}

const page = (events: RunEvent[], rest: Partial<EventPage> = {}): EventPage => ({
  events,
  more: false,
  ended: false,
  ...rest,
});

const asked = eventOf('approval.requested', { approval: 'apr_1', operation: 1, what: 'Go' }, { seq: 2 });

const ended = eventOf('run.succeeded', {}, { seq: 3 });

interface Options {
  readonly supervised?: boolean;
  readonly stopAtApproval?: boolean;
  readonly patienceMs?: number;
}

async function followed(pages: (EventPage | Error)[], options: Options = {}) {
  const viewer = new RememberingViewer();
  const considered: string[][] = [];
  const decider: Decider = {
    consider: async (open) => void considered.push(open.map(({ approval }) => approval)),
    question: () => undefined,
    close: () => {},
  };
  const end: FollowEnd = await follow({
    run: 'run_1',
    connect: clientOf(pages),
    viewer,
    decider,
    stopAtApproval: false,
    interrupted: new AbortController().signal,
    ...options,
  });
  return { end, viewer, considered };
}

test('ends with the run', async () => {
  const { end, viewer } = await followed([page([created(), asked]), page([ended], { ended: true })]);
  assert.deepEqual(end, { how: 'ended' });
  assert.deepEqual(viewer.shown, [1, 2, 3]);
});

test('asks only about what is still open when the log is up to date', async () => {
  const decided = eventOf('approval.approved', { approval: 'apr_1', operation: 1 }, { seq: 3 });
  const { considered } = await followed([
    page([created(), asked], { more: true }),
    page([decided]),
    page([ended], { ended: true }),
  ]);
  assert.deepEqual(considered, [[], []]);
});

test('with --once, an approval is where it ends', async () => {
  const { end } = await followed([page([created(), asked])], { stopAtApproval: true });
  assert.equal(end.how === 'approval' && end.approval.approval, 'apr_1');
});

test('a server that goes away is waited for, and nothing is shown twice', async () => {
  const { end, viewer } = await followed([
    page([created()]),
    unreachable('gone'),
    unreachable('still gone'),
    page([asked]),
    page([ended], { ended: true }),
  ]);
  assert.equal(end.how, 'ended');
  assert.deepEqual(viewer.shown, [1, 2, 3]);
  assert.equal(viewer.notes.length, 2);
});

test('that the server is back is told before there is anything new', async () => {
  const pages = [page([created()]), unreachable('gone'), page([]), unreachable('gone'), page([])];
  const { viewer } = await followed([...pages, page([ended], { ended: true })]);
  assert.deepEqual(viewer.shown, [1, 3]);
  assert.equal(viewer.notes.filter((note) => /^The server is back/.test(note)).length, 2);
});

test('outages that somebody else tells of are not told twice', async () => {
  const pages = [page([created()]), unreachable('gone'), page([ended], { ended: true })];
  const { viewer } = await followed(pages, { supervised: true });
  assert.deepEqual([viewer.shown, viewer.notes], [[1, 3], []]);
});

test('a stranger on the port is no end where somebody keeps the server', async () => {
  const refused = () =>
    new ApiError({ code: 'auth.invalid', message: 'x', status: 401, retryable: false, remedy: 'x' });
  const pages = () => [page([created()]), unreachable('gone'), refused(), page([ended], { ended: true })];
  const { viewer } = await followed(pages(), { supervised: true });
  assert.deepEqual(viewer.shown, [1, 3]);
  await assert.rejects(followed(pages()), { code: 'auth.invalid' });
});

test('a server that never was there is an error at once', async () => {
  await assert.rejects(followed([unreachable('nobody')]), { code: 'server.unreachable' });
});

test('an outage that lasts is an error', async () => {
  const pages = [page([created()]), unreachable('gone'), unreachable('gone')];
  await assert.rejects(followed(pages, { patienceMs: 0 }), { code: 'server.unreachable' });
});
