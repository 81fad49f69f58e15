import type { JsonObject } from '../../../shared/domain/json.ts';

const lambda = 'arn:aws:states:::lambda:invoke';

/** Definitions that use, between them, most of what the States Language has; to be run or to be broken. */
export const samples: readonly JsonObject[] = [
  {
    Comment: 'JSONPath',
    StartAt: 'Shape',
    TimeoutSeconds: 3_600,
    States: {
      Shape: {
        Type: 'Pass',
        InputPath: '$.in',
        Parameters: { 'a.$': '$.a', 'b.$': "States.Format('{}', $.b)", c: { d: [1, null] } },
        ResultPath: '$.shaped',
        Assign: { 'kept.$': '$.a' },
        Next: 'Work',
      },
      Work: {
        Type: 'Task',
        Resource: lambda,
        Parameters: { FunctionName: 'work', 'Payload.$': '$' },
        ResultSelector: { 'done.$': '$.Payload' },
        TimeoutSeconds: 60,
        Retry: [{ ErrorEquals: ['States.TaskFailed'], IntervalSeconds: 1, MaxAttempts: 2, BackoffRate: 1.5 }],
        Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'Fail' }],
        OutputPath: '$.done',
        Next: 'Choose',
      },
      Choose: {
        Type: 'Choice',
        Choices: [
          {
            And: [{ Variable: '$.n', NumericGreaterThan: 1 }, { Not: { Variable: '$.s', IsPresent: true } }],
            Next: 'Pause',
          },
          { Variable: '$.s', StringMatches: 'a*', Next: 'Both' },
        ],
        Default: 'Each',
      },
      Pause: { Type: 'Wait', SecondsPath: '$.seconds', Next: 'Each' },
      Both: {
        Type: 'Parallel',
        Branches: [
          { StartAt: 'One', States: { One: { Type: 'Wait', Timestamp: '2016-03-14T01:59:00Z', End: true } } },
          { StartAt: 'Two', States: { Two: { Type: 'Succeed' } } },
        ],
        ResultSelector: { 'first.$': '$[0]' },
        End: true,
      },
      Each: {
        Type: 'Map',
        ItemsPath: '$.items',
        ItemSelector: { 'item.$': '$$.Map.Item.Value' },
        MaxConcurrency: 2,
        ItemProcessor: {
          ProcessorConfig: { Mode: 'INLINE' },
          StartAt: 'Item',
          States: { Item: { Type: 'Pass', Result: { fixed: true }, End: true } },
        },
        End: true,
      },
      Fail: { Type: 'Fail', ErrorPath: '$.error.Error', Cause: 'It failed.' },
    },
  },
  {
    Comment: 'JSONata',
    QueryLanguage: 'JSONata',
    StartAt: 'Shape',
    States: {
      Shape: {
        Type: 'Pass',
        Output: { a: '{% $states.input.a %}', list: ['{% $uuid() %}', 'plain'] },
        Assign: { kept: '{% $states.input.b + 1 %}' },
        Next: 'Work',
      },
      Work: {
        Type: 'Task',
        Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
        Arguments: {
          QueueUrl: '{% $states.input.queue %}',
          MessageBody: { token: '{% $states.context.Task.Token %}' },
        },
        HeartbeatSeconds: '{% 30 %}',
        Catch: [{ ErrorEquals: ['States.ALL'], Output: '{% $states.errorOutput %}', Next: 'Fail' }],
        Output: '{% $states.result %}',
        Next: 'Choose',
      },
      Choose: {
        Type: 'Choice',
        Choices: [
          { Condition: '{% $kept > 1 %}', Assign: { kept: 0 }, Output: '{% $states.input %}', Next: 'Each' },
        ],
        Default: 'Pause',
      },
      Pause: { Type: 'Wait', Seconds: '{% $kept %}', Next: 'Each' },
      Each: {
        Type: 'Map',
        Items: '{% $states.input.items %}',
        ItemProcessor: {
          StartAt: 'Item',
          States: { Item: { Type: 'Succeed', Output: '{% $states.input & "" %}' } },
        },
        Output: '{% $count($states.result) %}',
        End: true,
      },
      Fail: { Type: 'Fail', Error: '{% $states.input.Error %}', Cause: 'It failed.' },
    },
  },
];
