/**
 * A state machine in few words, whose outcome can be told without an engine: every step takes a whole number and leads
 * to another one.
 */
export type Step =
  | { readonly do: 'add'; readonly by: number }
  /** Keeps the number in a variable. */
  | { readonly do: 'remember' }
  /** Adds what was remembered last, here or around. */
  | { readonly do: 'recall' }
  | { readonly do: 'choose'; readonly even: Line; readonly odd: Line }
  | { readonly do: 'wait'; readonly seconds: number }
  /** Has a function add one, which fails so often before; it is told the attempt. */
  | { readonly do: 'call'; readonly failures: number }
  /** Calls a function that always fails, and adds seven instead. */
  | { readonly do: 'catch' }
  /** Sends a message with a task token; whoever answers adds one. */
  | { readonly do: 'ask' }
  /** Has a worker of an activity add one. */
  | { readonly do: 'work' }
  /** The sum of the branches. */
  | { readonly do: 'both'; readonly branches: readonly Line[] }
  /** The sum over so many numbers from this one on. */
  | { readonly do: 'each'; readonly times: number; readonly steps: Line };

export type Line = readonly Step[];

export interface Blueprint {
  /** Amazon States Language, JSON text. */
  readonly definition: string;
  /** What an execution with that input puts out. */
  outcome(input: number): number;
}

/** What the function `work`, the receiver of messages and the workers of the activity are given. */
export interface Asked {
  /** Tells this attempt from all others. */
  readonly key: string;
  readonly execution: string;
  readonly n: number;
  /** How often this attempt is to fail, and how many have gone before. */
  readonly failures: number;
  readonly attempt: number;
  readonly token?: string;
}

/** `activity`: ARN of the activity whose workers do what `work` asks. */
export function blueprint(steps: Line, { activity = '' }: { readonly activity?: string } = {}): Blueprint {
  const drawn = new Draughtsman(activity).line(steps, {
    follow: { End: true },
    variable: undefined,
    inMap: false,
  });
  const { startAt: StartAt, states: States } = drawn;
  return {
    definition: JSON.stringify({ QueryLanguage: 'JSONata', StartAt, States }),
    outcome: (input) => drawn.outcome(input, new Map()),
  };
}

type Follow = { readonly Next: string } | { readonly End: true };
type States = Readonly<Record<string, object>>;
type Outcome = (n: number, remembered: Map<string, number>) => number;

interface Surroundings {
  readonly follow: Follow;
  /** The variable that was assigned last. */
  readonly variable: string | undefined;
  readonly inMap: boolean;
}

interface Drawn {
  readonly states: States;
  readonly outcome: Outcome;
}

/** Far more than a few crashes use up. */
const retry = [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 1, MaxAttempts: 99, BackoffRate: 1 }];
const always = 1_000;

type TaskStep = Extract<Step, { do: 'call' | 'catch' | 'ask' | 'work' }>;

function failuresOf(step: TaskStep): number {
  if (step.do === 'call') return step.failures;
  return step.do === 'catch' ? always : 0;
}

class Draughtsman {
  #count = 0;
  readonly #activity: string;

  constructor(activity: string) {
    this.#activity = activity;
  }

  line(steps: Line, around: Surroundings): Drawn & { readonly startAt: string } {
    const names = (steps.length === 0 ? [undefined] : steps).map(() => this.#name());
    let { variable } = around;
    const drawn = names.map((name, index): Drawn => {
      const next = names[index + 1];
      const follow = next === undefined ? around.follow : { Next: next };
      const step = steps[index] ?? { do: 'add', by: 0 };
      const made = this.#step(step, name, { ...around, follow, variable });
      if (step.do === 'remember') variable = name;
      return made;
    });
    return {
      startAt: names[0] as string,
      states: Object.assign({}, ...drawn.map(({ states }) => states)) as States,
      outcome: (n, remembered) => drawn.reduce((value, { outcome }) => outcome(value, remembered), n),
    };
  }

  #step(step: Step, name: string, around: Surroundings): Drawn {
    const { follow, variable } = around;
    switch (step.do) {
      case 'add':
        return pass(name, { Output: `{% $states.input + ${step.by} %}`, ...follow }, (n) => n + step.by);
      case 'remember':
        return pass(name, { Assign: { [name]: '{% $states.input %}' }, ...follow }, (n, remembered) => {
          remembered.set(name, n);
          return n;
        });
      case 'recall': {
        if (variable === undefined) return this.#step({ do: 'add', by: 1 }, name, around);
        const Output = `{% $states.input + $${variable} %}`;
        return pass(name, { Output, ...follow }, (n, remembered) => n + (remembered.get(variable) ?? 0));
      }
      case 'wait':
        return only(name, { Type: 'Wait', Seconds: step.seconds, ...follow }, (n) => n);
      case 'choose':
        return this.#choose(step, name, around);
      case 'both':
        return this.#both(step.branches, name, around);
      case 'each':
        return this.#each(step, name, around);
      default:
        return this.#task(step, name, around);
    }
  }

  #choose({ even, odd }: Extract<Step, { do: 'choose' }>, name: string, around: Surroundings): Drawn {
    const [left, right] = [this.line(even, around), this.line(odd, around)];
    const Choices = [{ Condition: '{% $states.input % 2 = 0 %}', Next: left.startAt }];
    return {
      states: {
        [name]: { Type: 'Choice', Choices, Default: right.startAt },
        ...left.states,
        ...right.states,
      },
      outcome: (n, remembered) => (n % 2 === 0 ? left : right).outcome(n, remembered),
    };
  }

  #both(lines: readonly Line[], name: string, around: Surroundings): Drawn {
    const branches = lines.map((steps) => this.line(steps, { ...around, follow: { End: true } }));
    const Branches = branches.map(({ startAt: StartAt, states: States }) => ({ StartAt, States }));
    const state = { Type: 'Parallel', Branches, Output: '{% $sum($states.result) %}', ...around.follow };
    return only(name, state, (n, remembered) =>
      branches.reduce((sum, { outcome }) => sum + outcome(n, new Map(remembered)), 0),
    );
  }

  #each({ times, steps }: Extract<Step, { do: 'each' }>, name: string, around: Surroundings): Drawn {
    const one = this.line(steps, { ...around, follow: { End: true }, inMap: true });
    const state = {
      Type: 'Map',
      Items: `{% [$states.input..$states.input + ${times - 1}] %}`,
      ItemProcessor: { StartAt: one.startAt, States: one.states },
      Output: '{% $sum($states.result) %}',
      ...around.follow,
    };
    return only(name, state, (n, remembered) =>
      Array.from({ length: times }, (_, index) => one.outcome(n + index, new Map(remembered))).reduce(
        (sum, value) => sum + value,
        0,
      ),
    );
  }

  #task(step: TaskStep, name: string, around: Surroundings): Drawn {
    const { follow, inMap } = around;
    const key = inMap ? ' & "/" & $states.context.Map.Item.Index' : '';
    const asked = {
      key: `{% $states.context.Execution.Name & "/${name}/" & $states.context.State.RetryCount${key} %}`,
      execution: '{% $states.context.Execution.Name %}',
      n: '{% $states.input %}',
      failures: failuresOf(step),
      attempt: '{% $states.context.State.RetryCount %}',
    };
    const task = { Type: 'Task', Output: '{% $states.result.n %}', Retry: retry, ...follow };
    const added: Outcome = (n) => n + 1;
    switch (step.do) {
      case 'ask': {
        const MessageBody = { ...asked, token: '{% $states.context.Task.Token %}' };
        const Resource = 'arn:aws:states:::sqs:sendMessage.waitForTaskToken';
        return only(
          name,
          { ...task, Resource, Arguments: { QueueUrl: 'http://queue/asked', MessageBody } },
          added,
        );
      }
      case 'work':
        return only(
          name,
          { ...task, Resource: this.#activity, HeartbeatSeconds: 3, Arguments: asked },
          added,
        );
      case 'call':
        return only(name, { ...task, ...calling(asked) }, added);
      case 'catch': {
        const caught = this.#name();
        const { Retry: _, ...once } = task;
        const Catch = [{ ErrorEquals: ['States.ALL'], Output: '{% $states.input %}', Next: caught }];
        const instead = { Type: 'Pass', Output: '{% $states.input + 7 %}', ...follow };
        return {
          states: { [name]: { ...once, ...calling(asked), Catch }, [caught]: instead },
          outcome: (n) => n + 7,
        };
      }
    }
  }

  #name(): string {
    this.#count += 1;
    return `S${this.#count}`;
  }
}

function calling(asked: object): object {
  const Resource = 'arn:aws:states:::lambda:invoke';
  return {
    Resource,
    Arguments: { FunctionName: 'work', Payload: asked },
    Output: '{% $states.result.Payload.n %}',
  };
}

const only = (name: string, state: object, outcome: Outcome): Drawn => ({
  states: { [name]: state },
  outcome,
});
const pass = (name: string, state: object, outcome: Outcome): Drawn =>
  only(name, { Type: 'Pass', ...state }, outcome);
