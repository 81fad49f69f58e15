import type { Finding } from '../evidence.ts';
import type { EngineChaos } from './play.ts';

/** What the chaos of the engine comes to. */
export interface EngineReport {
  readonly executions: number;
  readonly events: number;
  /** Calls of functions, answers to tokens that were acknowledged, and those that came too late. */
  readonly calls: number;
  readonly answers: number;
  readonly lateAnswers: number;
  readonly kills: Readonly<Record<string, number>>;
  readonly lostAnswers: number;
  readonly findings: readonly Finding[];
}

export function engineReportOf(
  { evidence, lost, refused }: EngineChaos,
  findings: readonly Finding[],
): EngineReport {
  const { started, found, called, acknowledged, lives } = evidence;
  const kills: Record<string, number> = {};
  for (const { phase } of lives) if (phase !== undefined) kills[phase] = (kills[phase] ?? 0) + 1;
  return {
    executions: started.length,
    events: [...found.values()].reduce((sum, { events }) => sum + events.length, 0),
    calls: called.length,
    answers: acknowledged.length,
    lateAnswers: refused,
    kills,
    lostAnswers: lost,
    findings,
  };
}

/** For people. */
export function engineReportText(report: EngineReport): string {
  const { executions, events, calls, answers, lateAnswers, kills, lostAnswers, findings } = report;
  const phases = Object.entries(kills).map(([phase, times]) => `${phase} ${times}`);
  return [
    `Step Functions alone: ${executions} executions with ${events} events, ${calls} calls of functions`,
    `Answers to tokens: ${answers} acknowledged, ${lateAnswers} too late`,
    `Kills: ${phases.join(', ')}; ${lostAnswers} answers lost`,
    ...findings.map(({ check, run, message }) => `FINDING ${check}${run ? ` ${run}` : ''}: ${message}`),
  ].join('\n');
}
