import type { Scenario } from '../bench.ts';
import type { Figure } from '../figure.ts';
import { longHistory } from '../stepfunctions/history.ts';
import { parkedExecutions } from '../stepfunctions/parked.ts';
import { throughput } from '../stepfunctions/throughput.ts';

export const stepfunctions: Scenario = {
  name: 'stepfunctions',
  about:
    'The Step Functions engine alone: transitions, executions parked on tokens and a kill, long histories',
  async measure() {
    const figures: Figure[] = [];
    for (const part of [throughput, parkedExecutions, longHistory]) figures.push(...(await part()));
    return figures;
  },
};
