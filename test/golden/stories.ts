import { childRunId } from '../../shared/domain/derived-ids.ts';
import { digestOf, type History, history, requestOf, time } from '../simulation/history.ts';

/** A run as it may stand in a log of this release, by what it shows. Together they hold every type of event. */
export const stories: Readonly<Record<string, () => History>> = {
  'files and an artefact': () => {
    const run = history({ created: { session: 'monday', operationsPerStep: 50, tree: digestOf('0') } });
    run.record('file.read', { path: 'a.txt', content: 'ä', encoding: 'utf-8', size: 2 });
    const outcome = { ok: true, value: { blob: digestOf('d'), size: 200_000 } } as const;
    run.add('operation.completed', {
      operation: 2,
      record: requestOf('file.write', { path: 'b.txt', content: 'b' }),
      outcome,
      tree: digestOf('b'),
    });
    const artifact = {
      name: 'b',
      path: 'b.txt',
      mediaType: 'text/plain',
      blob: digestOf('c'),
      size: 1,
    };
    const record = requestOf('artifact.add', { path: 'b.txt', name: 'b' });
    run.add('operation.completed', { operation: 3, record, outcome, artifact });
    const error = { code: 'file.missing', message: 'No file c.txt', details: { path: 'c.txt' } };
    run.add('operation.completed', {
      operation: 4,
      record: requestOf('file.read', { path: 'c.txt' }),
      outcome: { ok: false, error },
    });
    run.add('run.succeeded', { output: { inline: { written: ['b.txt'] } } }, 'run');
    return run;
  },

  'decided approvals': () => {
    const run = history();
    for (const decision of ['approved', 'denied'] as const) {
      const operation = run.askApproval();
      run.decideApproval(operation, decision);
      run.complete(operation, { decision, by: 'user:ann' });
    }
    const late = run.askApproval(5_000);
    run.now += 10_000;
    run.decideApproval(late, 'expired', 'system');
    run.complete(late, { decision: 'expired' });
    run.add('run.succeeded', { output: { inline: null } }, 'run');
    return run;
  },

  'an approval that is decided and not told yet': () => {
    const run = history();
    const args = { what: 'Deploy', role: 'approver' };
    const expiresAt = time(60_000);
    const operation = run.ask('approval.request', args, expiresAt);
    const { hash } = requestOf('approval.request', args);
    const bound = { approval: 'apr_1', operation, hash };
    const words = { why: 'It is done', impact: 'Everybody', details: { hosts: 2 } };
    run.add('approval.requested', { ...bound, ...args, ...words, expiresAt }, 'run');
    run.add('approval.approved', { ...bound, reason: 'Looks good' }, 'user:ann');
    return run;
  },

  'an approval that waits': () => {
    const run = history();
    run.askApproval();
    return run;
  },

  'a signal and a sleep': () => {
    const run = history();
    const wait = run.ask('signal.wait', { name: 'go' }, time(60_000));
    const { seq } = run.add('signal.received', { name: 'go', payload: { speed: 3 } }, 'user:bob');
    run.add('signal.received', { name: 'stop', payload: null }, 'user:bob');
    const value = { inline: { name: 'go', payload: { speed: 3 }, timedOut: false } };
    run.add('operation.completed', { operation: wait, outcome: { ok: true, value }, signal: seq });
    run.ask('sleep', { ms: 5_000 }, time(run.now + 5_000));
    return run;
  },

  'paused, resumed and cancelled': () => {
    const run = history();
    run.ask('signal.wait', { name: 'go' });
    run.add('run.paused', { reason: 'lunch' }, 'user:ann');
    run.add('run.resumed', { reason: 'coffee' }, 'user:ann');
    run.add('run.cancel-requested', { reason: 'enough' }, 'user:bob');
    run.add('run.cancelled', { reason: 'enough' });
    return run;
  },

  'commands, one of them cut off': () => {
    const run = history();
    const done = run.ask('command.run', { command: 'make', timeoutMs: 60_000 });
    run.claim(done);
    run.complete(done, {
      exitCode: 0,
      stdout: 'ok',
      stderr: '',
      durationMs: 5,
      timedOut: false,
      changed: [],
    });
    const cut = run.ask('command.run', { command: 'make all' });
    const worker = { kind: 'process', id: '4711', started: '123456' } as const;
    run.add('operation.started', { operation: cut, worker }, 'worker');
    run.add('operation.interrupted', { operation: cut, reason: 'Its worker died' });
    run.carried();
    run.add('operation.late', { operation: cut, outcome: { ok: true, value: { inline: 1 } } }, 'worker');
    run.claim(run.ask('command.run', { command: 'make install', timeoutMs: 3_600_000 }));
    return run;
  },

  'a child that waits for its own': () => {
    const parent = 'run_00000000000000000000000002';
    const run = history({
      run: childRunId(parent, 3),
      created: { parent: { run: parent, operation: 3, depth: 1 } },
    });
    const call = run.ask('agent.call', { agent: 'reader', input: 1 });
    const value = { inline: { run: childRunId(run.run, call), output: 'read' } };
    const outcome = { ok: true, value } as const;
    run.add('operation.completed', { operation: call, outcome }, `run:${childRunId(run.run, call)}`);
    run.ask('agent.call', { agent: 'reader', input: 2 });
    return run;
  },

  'a program that failed': () => {
    const run = history();
    run.askApproval();
    const details = { at: 'agent.ts:7' };
    run.add('run.failed', { error: { code: 'program.failed', message: 'No', details } }, 'run');
    return run;
  },
};
