import { nearest } from '../../shared/errors/nearest.ts';
import type { Command } from './command.ts';

/** A verb as the list of commands shows it; its code is loaded when it is used. */
export interface Entry {
  readonly name: string;
  /** One sentence without a full stop. */
  readonly summary: string;
  load(): Promise<{ readonly command: Command }>;
}

export interface Group {
  readonly title: string;
  readonly entries: readonly Entry[];
}

/** Every command, in the order that help shows them. */
export const groups: readonly Group[] = [
  {
    title: 'Start',
    entries: [
      {
        name: 'quickstart',
        summary: 'Start a server and watch a first agent at work (`npm start`)',
        load: () => import('./commands/quickstart.ts'),
      },
      {
        name: 'init',
        summary: 'Make a folder with an agent, its test and its input',
        load: () => import('./commands/init.ts'),
      },
      {
        name: 'dev',
        summary: 'Publish and run a program, and again on every save',
        load: () => import('./commands/dev.ts'),
      },
      {
        name: 'test',
        summary: 'Run the tests of the agents in this folder',
        load: () => import('./commands/test.ts'),
      },
      { name: 'up', summary: 'Start a server and keep it running', load: () => import('./commands/up.ts') },
      {
        name: 'stepfunctions',
        summary: 'Serve Step Functions alone, as AWS speaks it',
        load: () => import('./commands/stepfunctions.ts'),
      },
      {
        name: 'doctor',
        summary: 'Check this machine and the data folder',
        load: () => import('./commands/doctor.ts'),
      },
      {
        name: 'completion',
        summary: 'Print what completes commands in bash, zsh or fish',
        load: () => import('./commands/completion.ts'),
      },
    ],
  },
  {
    title: 'Runs',
    entries: [
      { name: 'run', summary: 'Run an agent, or a program file', load: () => import('./commands/run.ts') },
      { name: 'runs', summary: 'List runs, newest first', load: () => import('./commands/runs.ts') },
      { name: 'watch', summary: 'Follow a run as it happens', load: () => import('./commands/watch.ts') },
      { name: 'show', summary: 'Show a run and its timeline', load: () => import('./commands/show.ts') },
      {
        name: 'logs',
        summary: 'Show what the program of a run has logged',
        load: () => import('./commands/logs.ts'),
      },
      {
        name: 'transcript',
        summary: 'Show what was said in a run, as text or JSON lines',
        load: () => import('./commands/transcript.ts'),
      },
      {
        name: 'artifacts',
        summary: 'List or save what a run made',
        load: () => import('./commands/artifacts.ts'),
      },
      {
        name: 'export',
        summary: 'Save a run as one file, for `verify FILE`',
        load: () => import('./commands/export.ts'),
      },
      {
        name: 'verify',
        summary: "Check a run's log: chain, head, signature",
        load: () => import('./commands/verify.ts'),
      },
    ],
  },
  {
    title: 'Decide and steer',
    entries: [
      {
        name: 'approvals',
        summary: 'List what waits for a decision',
        load: () => import('./commands/approvals.ts'),
      },
      {
        name: 'approve',
        summary: 'Approve what a run asks for',
        load: () => import('./commands/approve.ts'),
      },
      { name: 'deny', summary: 'Deny what a run asks for', load: () => import('./commands/deny.ts') },
      { name: 'signal', summary: 'Send a run a signal', load: () => import('./commands/signal.ts') },
      {
        name: 'pause',
        summary: 'Pause a run before its next operation',
        load: () => import('./commands/pause.ts'),
      },
      { name: 'resume', summary: 'Resume a paused run', load: () => import('./commands/resume.ts') },
      { name: 'cancel', summary: 'Cancel a run', load: () => import('./commands/cancel.ts') },
    ],
  },
  {
    title: 'Who calls',
    entries: [
      { name: 'login', summary: 'Sign in at a server', load: () => import('./commands/login.ts') },
      { name: 'logout', summary: 'Sign out of a server', load: () => import('./commands/logout.ts') },
      {
        name: 'accounts',
        summary: 'List, add or remove who may sign in',
        load: () => import('./commands/accounts.ts'),
      },
      {
        name: 'clients',
        summary: 'List, add or remove machines that get tokens',
        load: () => import('./commands/clients.ts'),
      },
    ],
  },
  {
    title: 'On AWS',
    entries: [
      {
        name: 'deploy',
        summary: 'Bring a stage on AWS to what this checkout says',
        load: () => import('./commands/deploy.ts'),
      },
      {
        name: 'destroy',
        summary: 'Remove a stage from AWS',
        load: () => import('./commands/destroy.ts'),
      },
    ],
  },
  {
    title: 'Agents and data',
    entries: [
      {
        name: 'agents',
        summary: 'List, show or publish agents, set aliases',
        load: () => import('./commands/agents.ts'),
      },
      {
        name: 'audit',
        summary: 'Show what has happened outside runs',
        load: () => import('./commands/audit.ts'),
      },
      {
        name: 'keys',
        summary: 'List, make or revoke API keys',
        load: () => import('./commands/keys.ts'),
      },
      {
        name: 'tenants',
        summary: 'List, make, suspend or resume tenants',
        load: () => import('./commands/tenants.ts'),
      },
      {
        name: 'webhooks',
        summary: 'Have addresses told of runs and approvals',
        load: () => import('./commands/webhooks.ts'),
      },
      {
        name: 'rebuild',
        summary: 'Fill every list again from the logs',
        load: () => import('./commands/rebuild.ts'),
      },
      {
        name: 'retention',
        summary: 'Show or say how long runs are kept',
        load: () => import('./commands/retention.ts'),
      },
      {
        name: 'erase',
        summary: 'Erase what an event of a run said, for good',
        load: () => import('./commands/erase.ts'),
      },
      {
        name: 'backup',
        summary: 'Copy the data of a server, also while it runs',
        load: () => import('./commands/backup.ts'),
      },
      {
        name: 'restore',
        summary: 'Make a data folder of a backup',
        load: () => import('./commands/restore.ts'),
      },
      {
        name: 'reset',
        summary: 'Delete what the data folder holds, after asking',
        load: () => import('./commands/reset.ts'),
      },
    ],
  },
];

const byName = new Map(groups.flatMap(({ entries }) => entries).map((entry) => [entry.name, entry]));

export function findEntry(name: string): Entry | undefined {
  return byName.get(name);
}

/** The command that a mistyped name probably means. */
export const nearestName = (typed: string): string | undefined => nearest(typed, [...byName.keys()]);
