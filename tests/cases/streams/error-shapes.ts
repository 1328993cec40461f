import {
  added,
  chunk,
  complete,
  done,
  ended,
  event,
  hello,
  helloText,
  plainCase,
  streamCase,
  type StreamCase,
  type StreamOutcome,
} from '../stream-case.ts';

type Kind = NonNullable<StreamOutcome['failureKind']>;

/** Values that say "error" without an `error` in them. */
const shapes: readonly (readonly [name: string, value: object, kind: Kind, says?: string])[] = [
  ['errors', { errors: [{ message: 'Boom' }] }, 'server'],
  ['errors-fields', { errors: { model: ['Boom'] } }, 'server'],
  ['detail', { detail: 'Boom' }, 'server'],
  ['detail-list', { detail: [{ loc: ['body'], msg: 'Boom' }] }, 'server'],
  ['baidu', { error_code: 336_100, error_msg: 'Boom' }, 'server'],
  ['minimax', { base_resp: { status_code: 1004, status_msg: 'Boom' } }, 'server'],
  [
    'minimax-null',
    { choices: null, base_resp: { status_code: 1008, status_msg: 'insufficient balance' } },
    'billing',
    'insufficient balance',
  ],
  ['status-error', { status: 'error', message: 'Boom' }, 'server'],
  ['status-number', { status: 429, title: 'Boom' }, 'rate-limit'],
  [
    'code-words',
    { choices: [], code: 'InvalidApiKey', message: 'Invalid API-key provided.' },
    'auth',
    'Invalid API-key',
  ],
  ['type', { type: 'InternalServerError', message: 'Boom' }, 'server'],
  ['type-exception', { type: 'modelStreamErrorException', message: 'Boom' }, 'server'],
  ['object', { object: 'error.response', message: 'Boom' }, 'server'],
];

/** Values without text that are no error. */
const harmless: readonly (readonly [name: string, value: object])[] = [
  ['usage', { choices: [], usage: { prompt_tokens: 1 }, error: null, errors: [], detail: null, error_code: 0 }],
  ['ping', { type: 'ping', status: 'ok', code: 0, message: 'pong' }],
  ['status-200', { type: 'status', status: 200, code: '200', message: 'success' }],
  ['minimax-ok', { base_resp: { status_code: 0, status_msg: '' }, success: true }],
  ['model-only', { code: 'x', model: 'm' }],
];

/** Errors in mid-stream and as a 200 body, in the shapes of many providers; and what only looks like one. */
export const errorShapes: readonly StreamCase[] = [
  ...shapes.flatMap(([name, value, failureKind, says = 'Boom']) => {
    const failed = { ending: 'error', failureKind, says } as const;
    return [
      streamCase(`shape-${name}`, 'in mid-stream, then `[DONE]`', hello + event(value) + done, {
        ...failed,
        text: helloText,
      }),
      plainCase(`shape-${name}-200`, 'the same as a 200 body', JSON.stringify(value), { ...failed, text: '' }),
      plainCase(
        `shape-${name}-open`,
        'the same over many lines while the socket stays open',
        JSON.stringify(value, null, 2),
        { ...failed, text: '' },
        { end: 'hang' },
      ),
    ];
  }),
  ...harmless.map(([name, value]) =>
    streamCase(`harmless-${name}`, 'no error', event(value) + hello + event(value) + ended, {
      ...complete,
      ...(name === 'usage' ? { usage: { inputTokens: 1 } } : {}),
    }),
  ),
  streamCase(
    'error-in-delta',
    'an error in the delta',
    hello + event(chunk({ index: 0, delta: { error: { message: 'Boom', code: 500 } } })) + done,
    { text: helloText, ending: 'error', failureKind: 'server', says: 'Boom' },
  ),
  streamCase(
    'error-event-exception',
    'an event that is named an exception (Bedrock)',
    `${hello}event: throttlingException\ndata: {"Message":"Boom"}\n\n${done}`,
    { text: helloText, ending: 'error', failureKind: 'server', says: 'Boom' },
  ),
  streamCase(
    'error-field-lines',
    'field `error:` with JSON over many lines: no bracket is shown',
    `${hello}error: {\n  "message": "Boom"\n}\n\n`,
    { text: helloText, ending: 'error', failureKind: 'server' },
  ),
  streamCase(
    'error-word-in-text',
    'an answer with `detail` and `status` in its chunk',
    added({ content: helloText }, { status: 'error', detail: 'x' }) + ended,
    complete,
  ),
];
