import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RunEvent } from '../../../shared/domain/events.ts';
import { History, history } from '../../simulation/history.ts';
import type { WitnessLine } from '../witness.ts';
import { check } from './check.ts';
import { asking, called, calling, command, type Forged, soundEvidence, working } from './forged.ts';

/** Each forgery, and what must be said of it. */
const forgeries: Readonly<Record<string, readonly [(its: Forged) => unknown, RegExp]>> = {
  'an acknowledged run is lost': [
    (its) => its.found.delete(working),
    /runs: The acknowledged run .* is lost/,
  ],
  'a run is started that nobody asked for': [
    (its) => its.started.shift(),
    /runs: Nobody has started this run/,
  ],
  'two requests are given one run': [
    (its) => its.started.push(...its.started.slice(0, 1)),
    /runs: Two requests were given this one run/,
  ],
  'a run ends otherwise than it had to': [
    (its) => Object.assign(its.started[0] ?? {}, { expected: { status: 'cancelled' } }),
    /runs: forged: ended as run.succeeded/,
  ],
  'an output is another': [
    (its) => Object.assign(its.found.get(working) ?? {}, { output: 'half' }),
    /runs: forged: its output is "half" instead of "done"/,
  ],
  'a run does not end': [(its) => eventsOf(its, calling).pop(), /runs: It has not ended/],
  'an event is doubled': [
    (its) => eventsOf(its, working).splice(3, 0, eventsOf(its, working)[2] as RunEvent),
    /logs: The event evt_3 is there more than once/,
  ],
  'an event is missing': [(its) => eventsOf(its, working).splice(3, 1), /logs: missing at event 4/],
  'a payload is altered': [
    (its) => change(its, working, 2, { payload: { generation: 7 } }),
    /logs: altered at event 2/,
  ],
  "the server's verification finds something": [
    (its) => its.found.get(working)?.doubts.push('The head is gone'),
    /logs: The head is gone/,
  ],
  'an acknowledged decision is lost': [
    (its) => its.acts.push({ run: asking, kind: 'deny', mark: 'deny 1', acknowledged: true }),
    /acts: "deny 1" \(deny, acknowledged\) is in the log 0 times/,
  ],
  'a signal is kept twice': [
    (its) => {
      its.acts.push({ run: working, kind: 'signal', mark: 'hello', acknowledged: true });
      replace(its, signalled(working, 2));
    },
    /acts: "hello" \(signal, acknowledged\) is in the log 2 times/,
  ],
  'a decision nobody made is in the log': [
    (its) => its.acts.splice(2, 1),
    /acts: Nobody has done event \d+: approval.approved "approve 1"/,
  ],
  'the program goes on while it is paused': [(its) => replace(its, busyWhilePaused()), /pauses: Event 4 /],
  'a sleep ends early': [(its) => replace(its, shortSleep()), /pauses: Event 4 ends a sleep/],
  'a command is done twice': [
    (its) => its.witness.push(lineOf(its, 'start'), lineOf(its, 'end')),
    /commands: Command 1 was done 2 times/,
  ],
  'a command is silently repeated as another operation': [
    (its) => its.witness.push({ ...lineOf(its, 'start'), operation: 2 }),
    /commands: part0.1 was run 2 times, as operation 1 and 2/,
  ],
  'a command is done that the log does not know': [
    (its) => its.witness.push({ ...lineOf(its, 'start'), operation: 9, label: 'other' }),
    /commands: other was run as operation 9, which is not in the log/,
  ],
  'a command is called completed and was never done': [
    (its) => its.witness.splice(0),
    /commands: Command 1 is completed, but the witness saw 0 starts and 0 ends/,
  ],
  'a command is done before its claim': [
    (its) => Object.assign(its.witness[0] ?? {}, { at: 0 }),
    /commands: Command 1 was done without a claim/,
  ],
  'a command goes on after it was called interrupted': [
    (its) => {
      replace(its, interrupted());
      Object.assign(its.witness[1] ?? {}, { at: Date.now() });
    },
    /commands: Command 1 went on \(end\) after it was called interrupted/,
  ],
  'a claim is left open': [
    (its) => replace(its, claimedAndLeft()),
    /commands: Command 1 was claimed and left open/,
  ],
  'a call has no child': [(its) => its.found.delete(called), /children: Call 1 has 0 children: none/],
  'a call has two children': [
    (its) => replace(its, twin()),
    /children: Call 1 has 2 children: run_\w+, run_\w+/,
  ],
  'a list shows another status than the log': [
    (its) => Object.assign(its.lists.runs[0] ?? {}, { status: 'running' }),
    /lists: run_\w+1 is listed as .*"running".*, but the log says .*"succeeded"/,
  ],
  'a list forgets an approval': [(its) => its.lists.approvals.pop(), /lists: apr_1 is not listed/],
  'a list shows a run twice': [
    (its) => its.lists.runs.push(...its.lists.runs.slice(0, 1)),
    /lists: run_\w+1 is listed once too often/,
  ],
  'what was cut off waits for a long time': [
    (its) => its.lives.push(...lateLives(its)),
    /recovery: Some run that was cut off only moved \d+ ms after the next server was up/,
  ],
  'a process is left over': [
    (its) => its.leftovers.push({ pid: 7, command: 'sleep 45', seen: 'in the end' }),
    /processes: Process 7 was still there in the end: sleep 45/,
  ],
  'a file is left over': [(its) => its.litter.push('tandem-1'), /litter: tandem-1 was left/],
  'the server complains': [(its) => its.complaints.push('It crashed'), /complaints: It crashed/],
};

test('nothing is found where all is in order', () => {
  assert.deepEqual(check(soundEvidence()), []);
});

for (const [forgery, [forge, said]] of Object.entries(forgeries)) {
  test(`found: ${forgery}`, () => {
    const evidence = soundEvidence();
    forge(evidence);
    const findings = check(evidence).map((finding) => `${finding.check}: ${finding.message}`);
    assert.ok(
      findings.some((finding) => said.test(finding)),
      `${said} is not among: ${findings.join('; ')}`,
    );
  });
}

function eventsOf({ found }: Forged, run: string): RunEvent[] {
  return found.get(run)?.events ?? [];
}

function change(its: Forged, run: string, seq: number, changes: object): void {
  const events = eventsOf(its, run);
  events[seq - 1] = { ...events[seq - 1], ...changes } as RunEvent;
}

function replace({ found }: Forged, { run, events }: History): void {
  found.set(run, { events: [...events], output: 'done', doubts: [] });
}

function lineOf({ witness }: Forged, what: WitnessLine['what']): WitnessLine {
  return witness.find((line) => line.what === what) as WitnessLine;
}

function signalled(run: string, times: number): History {
  const its = history({ run });
  for (let i = 0; i < times; i += 1)
    its.add('signal.received', { name: 'message', payload: 'hello' }, 'user:cli');
  return its;
}

function busyWhilePaused(): History {
  const its = history({ run: asking });
  its.add('run.paused', { reason: 'pause 1' }, 'user:cli');
  its.record('file.list');
  return its;
}

function shortSleep(): History {
  const its = history({ run: asking });
  const sleep = its.ask('sleep', { ms: 60_000 }, '2026-01-02T00:00:00.000Z');
  its.complete(sleep);
  return its;
}

function claimedAndLeft(): History {
  const its = history({ run: working });
  its.claim(its.ask('command.run', { command: 'true' }));
  return its;
}

function interrupted(): History {
  const its = claimedAndLeft();
  its.add('operation.interrupted', { operation: command, reason: 'Its worker died' });
  return its;
}

/** A second child of the same call. */
function twin(): History {
  const run = called.replace(/.$/, 'z');
  return new History({ run, created: { parent: { run: calling, operation: 1, depth: 1 } } });
}

/** The server is killed right after the last event of a claimed command, which is called interrupted a minute later. */
function lateLives(its: Forged): Forged['lives'] {
  const cut = claimedAndLeft();
  const killedAt = Date.parse(cut.state.at) + 1;
  cut.now += 60_000;
  cut.add('operation.interrupted', { operation: command, reason: 'Its worker died' });
  replace(its, cut);
  const first = { execAt: killedAt - 10_000, readyAt: killedAt - 9_000, killedAt, phase: 'any' } as const;
  return [first, { execAt: killedAt + 10, readyAt: killedAt + 300 }];
}
