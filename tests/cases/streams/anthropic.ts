import {
  askedModel,
  caseKey,
  casesOf,
  complete,
  cut,
  event,
  helloText,
  typedEvent,
  type StreamCase,
  type StreamOutcome,
} from '../stream-case.ts';

const anthropicCase = casesOf('anthropic-messages', 'anthropic');

const json = { headers: { 'content-type': 'application/json' } };
const hang = { end: 'hang' } as const;

const started = (usage: object = { input_tokens: 7, output_tokens: 1 }, fields: object = {}): string =>
  typedEvent('message_start', {
    message: {
      id: 'msg_1',
      type: 'message',
      role: 'assistant',
      model: askedModel,
      content: [],
      stop_reason: null,
      usage,
      ...fields,
    },
  });
const start = started();
const block = (index: number, content: object): string =>
  typedEvent('content_block_start', { index, content_block: content });
const delta = (index: number, fields: object): string => typedEvent('content_block_delta', { index, delta: fields });
const stop = (index: number): string => typedEvent('content_block_stop', { index });
const text = (words: string, index = 0): string => delta(index, { type: 'text_delta', text: words });
const textBlock = (index: number, ...words: readonly string[]): string =>
  block(index, { type: 'text', text: '' }) + words.map((one) => text(one, index)).join('') + stop(index);
const finish = (reason: string | null, usage: object = { output_tokens: 5 }): string =>
  typedEvent('message_delta', { delta: { stop_reason: reason, stop_sequence: null }, usage });
const end = typedEvent('message_stop');
const ping = typedEvent('ping');
const hello = textBlock(0, 'Hello, ', 'world.');
const ended = finish('end_turn') + end;
const usage = { inputTokens: 7, outputTokens: 5 };
const startUsage = { inputTokens: 7, outputTokens: 1 };
const done: StreamOutcome = { ...complete, usage };
const wasCut: StreamOutcome = { ...cut, usage: startUsage };
const error = (type: string, message: string): string => typedEvent('error', { error: { type, message } });
const failed = (failureKind: NonNullable<StreamOutcome['failureKind']>, says: string): StreamOutcome => ({
  text: helloText,
  ending: 'error',
  failureKind,
  says,
});
const whole = (content: readonly object[], fields: object = {}): unknown => ({
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model: askedModel,
  content,
  stop_reason: 'end_turn',
  stop_sequence: null,
  usage: { input_tokens: 7, output_tokens: 5 },
  ...fields,
});
const reply = whole([{ type: 'text', text: helloText }]);

const endings: readonly (readonly [string, StreamOutcome['ending']])[] = [
  ['stop_sequence', 'complete'],
  ['max_tokens', 'length'],
  ['model_context_window_exceeded', 'length'],
  ['refusal', 'refused'],
  ['tool_use', 'tool-calls'],
  ['pause_turn', 'cut'],
  ['something_new', 'complete'],
];

/** Replies of Anthropic's Messages: https://platform.claude.com/docs/en/build-with-claude/streaming */
export const anthropic: readonly StreamCase[] = [
  anthropicCase('text', 'a usual reply', start + ping + hello + ended, done),
  anthropicCase('crlf', 'the same with CRLF', (start + hello + ended).replaceAll('\n', '\r\n'), done),
  anthropicCase('cr', 'the same with CR', (start + hello + ended).replaceAll('\n', '\r'), done),
  anthropicCase(
    'no-event-names',
    'the types stand in the data, too',
    (start + hello + ended).replaceAll(/^event: .*\n/gm, ''),
    done,
  ),
  anthropicCase('no-space', 'no space behind the colon', (start + hello + ended).replaceAll(/^(\w+): /gm, '$1:'), done),
  anthropicCase(
    'comments',
    'comments between and inside events',
    `: hi\n\n${start}: keep-alive\n${hello}: x\n\n${ended}`,
    done,
  ),
  ...endings.map(([reason, ending]) =>
    anthropicCase(`stop-${reason}`, `the stop reason \`${reason}\``, start + hello + finish(reason) + end, {
      text: helloText,
      ending,
      usage,
    }),
  ),
  anthropicCase('no-message-stop', 'a stop reason is an end', start + hello + finish('end_turn'), done),
  anthropicCase('no-stop-reason', 'and so is the last event', start + hello + end, { ...complete, usage: startUsage }),
  anthropicCase('null-stop-reason', 'also behind a reason of null', start + hello + finish(null) + end, done),
  anthropicCase('cut', 'bytes that end without either are cut', start + hello, wasCut),
  anthropicCase(
    'cut-in-event',
    'an event cut in its middle',
    `${start + hello}event: message_delta\ndata: {"type":"mess`,
    wasCut,
  ),
  anthropicCase(
    'cut-in-block',
    'a block that is not closed',
    start + block(0, { type: 'text', text: '' }) + text(helloText),
    wasCut,
  ),
  anthropicCase(
    'last-line-open',
    'the last event without its blank line counts when it is whole',
    (start + hello + ended).trimEnd(),
    done,
  ),
  anthropicCase('reset', 'a connection that breaks', start + hello, wasCut, { end: 'reset' }),
  anthropicCase(
    'reset-before-text',
    'one that breaks before any text',
    start,
    { text: '', ending: 'error', failureKind: 'network' },
    { end: 'reset' },
  ),
  anthropicCase('open-after-stop', 'nothing is waited for behind the last event', start + hello + ended, done, hang),
  anthropicCase('open-after-reason', 'nor long behind the stop reason', start + hello + finish('end_turn'), done, hang),
  anthropicCase('silence', 'silence in the middle is a cut', start + hello, wasCut, hang),
  anthropicCase('silence-with-pings', 'pings are no progress', start + hello, wasCut, { ...hang, whileOpen: ping }),
  anthropicCase('silence-with-unknown', 'nor are events that nobody knows', start + hello, wasCut, {
    ...hang,
    whileOpen: typedEvent('heartbeat'),
  }),
  anthropicCase(
    'after-stop',
    'what comes behind the last event is ignored',
    start + hello + ended + textBlock(1, 'more') + error('api_error', 'late'),
    done,
  ),
  anthropicCase(
    'after-reason',
    'and so is an error behind the stop reason',
    start + hello + finish('end_turn') + error('api_error', 'late'),
    done,
  ),
  anthropicCase(
    'done-behind',
    '`[DONE]` behind it, as proxies write',
    `${start + hello + ended}data: [DONE]\n\n`,
    done,
  ),
  anthropicCase('done-alone', '`[DONE]` in place of its own end', `${start + hello}data: [DONE]\n\n`, {
    ...complete,
    usage: startUsage,
  }),
  anthropicCase(
    'done-in-text',
    'the answer speaks of `data: [DONE]`',
    start + textBlock(0, 'data: [DONE]\n\n', 'event: message_stop') + ended,
    {
      ...done,
      text: 'data: [DONE]\n\nevent: message_stop',
    },
  ),
  anthropicCase(
    'overloaded',
    'overloaded in mid-stream',
    start + hello + error('overloaded_error', 'Overloaded'),
    failed('overloaded', 'Overloaded'),
  ),
  anthropicCase(
    'api-error',
    'its own fault in mid-stream',
    start + hello + error('api_error', 'Internal server error'),
    failed('server', 'Internal server error'),
  ),
  anthropicCase(
    'rate-limit',
    'a limit in mid-stream',
    start + hello + error('rate_limit_error', 'Slow down'),
    failed('rate-limit', 'Slow down'),
  ),
  anthropicCase(
    'error-then-stop',
    'an error is not undone by an end',
    start + hello + error('overloaded_error', 'Overloaded') + ended,
    failed('overloaded', 'Overloaded'),
  ),
  anthropicCase(
    'error-without-name',
    'an error by its type alone',
    start + hello + event({ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }),
    failed('overloaded', 'Overloaded'),
  ),
  anthropicCase('error-first', 'an error before any text', error('overloaded_error', 'Overloaded'), {
    ...failed('overloaded', 'Overloaded'),
    text: '',
  }),
  anthropicCase(
    'error-with-key',
    'a key in it is masked',
    start + hello + error('authentication_error', `invalid x-api-key ${caseKey}`),
    failed('auth', 'invalid x-api-key'),
  ),
  anthropicCase(
    'error-200-json',
    'an error as JSON with status 200',
    JSON.stringify({ type: 'error', error: { type: 'not_found_error', message: 'model: m' } }),
    { ...failed('model-not-found', 'model: m'), text: '' },
    json,
  ),
  anthropicCase(
    'thinking',
    'thinking, its signature, then the answer',
    start +
      block(0, { type: 'thinking', thinking: '', signature: '' }) +
      delta(0, { type: 'thinking_delta', thinking: 'Hm, ' }) +
      delta(0, { type: 'thinking_delta', thinking: 'yes.' }) +
      delta(0, { type: 'signature_delta', signature: 'EqQB' }) +
      stop(0) +
      textBlock(1, helloText) +
      finish('end_turn', { output_tokens: 5, output_tokens_details: { thinking_tokens: 3 } }) +
      end,
    { ...done, thinking: 'Hm, yes.', usage: { ...usage, reasoningTokens: 3 } },
  ),
  anthropicCase(
    'redacted-thinking',
    'thinking that is not told',
    start + block(0, { type: 'redacted_thinking', data: 'EmwK' }) + stop(0) + textBlock(1, helloText) + ended,
    done,
  ),
  anthropicCase(
    'two-blocks',
    'text in two blocks',
    start + textBlock(0, 'Hello, ') + textBlock(1, 'world.') + ended,
    done,
  ),
  anthropicCase(
    'text-in-start',
    'text that stands in the start of its block',
    start + block(0, { type: 'text', text: 'Hello, ' }) + text('world.') + stop(0) + ended,
    done,
  ),
  anthropicCase(
    'think-tags',
    'tags are text: this wire has blocks for thinking',
    start + textBlock(0, '<think>a</think>b') + ended,
    { ...done, text: '<think>a</think>b' },
  ),
  anthropicCase(
    'unknown',
    'events, blocks and deltas that nobody knows',
    start +
      typedEvent('brand_new', { text: 'no', error: null }) +
      block(0, { type: 'brand_new', text: 'no' }) +
      delta(0, { type: 'brand_new_delta', text: 'no' }) +
      stop(0) +
      textBlock(1, helloText) +
      ended,
    done,
  ),
  anthropicCase(
    'citations',
    'citations between the text',
    start +
      block(0, { type: 'text', text: '' }) +
      text('Hello, ') +
      delta(0, { type: 'citations_delta', citation: { cited_text: 'no' } }) +
      text('world.') +
      stop(0) +
      ended,
    done,
  ),
  anthropicCase(
    'server-tool',
    'a tool that the vendor runs by itself',
    start +
      block(0, { type: 'server_tool_use', id: 's1', name: 'web_search', input: {} }) +
      delta(0, { type: 'input_json_delta', partial_json: '{"query":"x"}' }) +
      stop(0) +
      block(1, {
        type: 'web_search_tool_result',
        tool_use_id: 's1',
        content: [{ type: 'web_search_result', title: 'no' }],
      }) +
      stop(1) +
      textBlock(2, helloText) +
      ended,
    done,
  ),
  anthropicCase(
    'tool',
    'a tool that nobody offered, behind a benign reason',
    start +
      hello +
      block(1, { type: 'tool_use', id: 't1', name: 'run', input: {} }) +
      delta(1, { type: 'input_json_delta', partial_json: '{}' }) +
      stop(1) +
      ended,
    { text: helloText, ending: 'tool-calls', usage },
  ),
  anthropicCase('empty', 'no block at all', start + ended, { text: '', ending: 'empty', usage }),
  anthropicCase('refusal-empty', 'declined without a word', start + finish('refusal') + end, {
    text: '',
    ending: 'refused',
    usage,
  }),
  anthropicCase('pings-only', 'nothing but pings', ping + ping, {
    text: '',
    ending: 'error',
    failureKind: 'not-an-api',
  }),
  anthropicCase('started-only', 'nothing but the start', start, { text: '', ending: 'cut', usage: startUsage }),
  anthropicCase('start-twice', 'the start comes twice', start + start + hello + ended, done),
  anthropicCase(
    'cache',
    'what came from the cache and went into it counts as asked',
    started({ input_tokens: 3, cache_creation_input_tokens: 100, cache_read_input_tokens: 1000, output_tokens: 1 }) +
      hello +
      ended,
    { ...done, usage: { inputTokens: 1103, outputTokens: 5 } },
  ),
  anthropicCase(
    'usage-corrected',
    'counts of the end win, null does not',
    start + hello + finish('end_turn', { input_tokens: 61, cache_read_input_tokens: null, output_tokens: 5 }) + end,
    { ...done, usage: { inputTokens: 61, outputTokens: 5 } },
  ),
  anthropicCase(
    'no-usage',
    'no counts at all',
    started({}) + hello + typedEvent('message_delta', { delta: { stop_reason: 'end_turn' } }) + end,
    complete,
  ),
  anthropicCase(
    'served-by',
    'another model answers',
    started({}, { model: 'claude-x' }) +
      hello +
      typedEvent('message_delta', { delta: { stop_reason: 'end_turn' } }) +
      end,
    { ...complete, servedBy: 'claude-x' },
  ),
  anthropicCase(
    'fallback',
    'another model takes over',
    start +
      block(0, { type: 'fallback', from: { model: askedModel }, to: { model: 'claude-y' } }) +
      stop(0) +
      textBlock(1, helloText) +
      ended,
    { ...done, servedBy: 'claude-y' },
  ),
  anthropicCase(
    'surrogates',
    'a surrogate pair cut over two deltas',
    start +
      block(0, { type: 'text', text: '' }) +
      delta(0, { type: 'text_delta', text: '\ud83c' }) +
      delta(0, { type: 'text_delta', text: '\udf0a' }) +
      stop(0) +
      ended,
    { ...done, text: '🌊' },
  ),
  anthropicCase('line-separators', 'characters that end no line', start + textBlock(0, 'a\u2028b\u0085c\vd') + ended, {
    ...done,
    text: 'a\u2028b\u0085c\vd',
  }),
  anthropicCase(
    'damage',
    'an event that is broken JSON: some text may be missing',
    `${start + textBlock(0, 'Hello, ')}event: content_block_delta\ndata: {"type":"content_block_delta","delta":{\n\n${textBlock(1, 'world.') + ended}`,
    { text: helloText, ending: 'cut', usage },
  ),
  anthropicCase(
    'odd-values',
    'numbers, null and lists between',
    `${start}data: 1\n\ndata: null\n\ndata: []\n\ndata: {"__proto__":{"type":"message_stop"}}\n\ndata: {"type":7}\n\n${hello + ended}`,
    done,
  ),
  anthropicCase(
    'deltas-of-nothing',
    'deltas that are null or empty',
    start +
      block(0, {}) +
      typedEvent('content_block_delta', { index: 0, delta: null }) +
      typedEvent('message_delta', {}) +
      hello +
      ended,
    done,
  ),
  anthropicCase('json', 'one JSON reply to a stream request', JSON.stringify(reply), done, json),
  anthropicCase('json-pretty', 'the same over many lines', `\ufeff\n${JSON.stringify(reply, null, 2)}\n`, done, json),
  anthropicCase('json-open', 'the same with an open socket', JSON.stringify(reply), done, { ...json, ...hang }),
  anthropicCase('json-as-stream', 'the same labelled as an event stream', JSON.stringify(reply), done),
  anthropicCase('json-in-event', 'the same as the only event', event(reply), done),
  anthropicCase(
    'json-thinking',
    'thinking and a limit in it',
    JSON.stringify(
      whole(
        [
          { type: 'thinking', thinking: 'Hm.', signature: 'x' },
          { type: 'text', text: 'Hello, ' },
          { type: 'text', text: 'world.' },
        ],
        { stop_reason: 'max_tokens' },
      ),
    ),
    { text: helloText, thinking: 'Hm.', ending: 'length', usage },
    json,
  ),
  anthropicCase(
    'json-tools',
    'a tool in it',
    JSON.stringify(whole([{ type: 'tool_use', id: 't', name: 'run', input: {} }], { stop_reason: 'tool_use' })),
    { text: '', ending: 'tool-calls', usage },
    json,
  ),
  anthropicCase('json-torn', 'one that is torn', JSON.stringify(reply).slice(0, 80), { text: '', ending: 'cut' }, json),
  anthropicCase(
    'openai',
    'events of another API',
    `${event({ object: 'chat.completion.chunk', choices: [{ index: 0, delta: { content: 'Hi' } }] })}data: [DONE]\n\n`,
    { text: '', ending: 'error', failureKind: 'not-an-api' },
  ),
  anthropicCase(
    'responses',
    'events of a third',
    typedEvent('response.created', { response: { status: 'in_progress' } }) +
      typedEvent('response.output_text.delta', { delta: 'Hi' }),
    { text: '', ending: 'error', failureKind: 'not-an-api' },
  ),
  anthropicCase(
    'html',
    'a web page',
    '<!doctype html><title>Just a moment…</title>',
    { text: '', ending: 'error', failureKind: 'not-an-api' },
    { headers: { 'content-type': 'text/html' } },
  ),
  anthropicCase('nothing', 'an empty 200', '', { text: '', ending: 'error', failureKind: 'empty-reply' }),
  anthropicCase('no-headers', 'nothing ever comes', '', { text: '', ending: 'stopped' }, { end: 'no-headers' }),
  anthropicCase(
    'waits',
    'it waits for the first word, and Stop ends that',
    start,
    { text: '', ending: 'stopped' },
    { ...hang, whileOpen: ping },
  ),
  anthropicCase(
    'many',
    'twenty thousand deltas',
    [start, block(0, { type: 'text', text: '' }), { text: text('ab '), times: 20_000 }, stop(0), ended],
    { ...done, text: 'ab '.repeat(20_000) },
    { isLarge: true },
  ),
  anthropicCase(
    'one-big',
    'a delta of a mebibyte',
    start + textBlock(0, 'x'.repeat(1024 * 1024)) + ended,
    { ...done, text: 'x'.repeat(1024 * 1024) },
    { isLarge: true },
  ),
  anthropicCase(
    'too-much',
    'a line without an end',
    [start, hello, 'data: ', { text: 'x'.repeat(1024), times: 17 * 1024 }],
    { text: helloText, ending: 'error', failureKind: 'too-much-data' },
    { isLarge: true },
  ),
];
