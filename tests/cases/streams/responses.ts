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

const responsesCase = casesOf('openai-responses', 'responses');

const json = { headers: { 'content-type': 'application/json' } };
const hang = { end: 'hang' } as const;

const message = (...content: readonly object[]): object => ({ type: 'message', id: 'm1', role: 'assistant', content });
const outputText = (text: string): object => ({ type: 'output_text', text, annotations: [] });
const counts = {
  input_tokens: 7,
  input_tokens_details: { cached_tokens: 0 },
  output_tokens: 5,
  output_tokens_details: { reasoning_tokens: 0 },
  total_tokens: 12,
};
const usage = { inputTokens: 7, outputTokens: 5, reasoningTokens: 0 };
const response = (status: string, fields: object = {}): object => ({
  id: 'resp_1',
  object: 'response',
  created_at: 1,
  status,
  model: askedModel,
  error: null,
  incomplete_details: null,
  output: [],
  usage: null,
  ...fields,
});
const start =
  typedEvent('response.created', { response: response('in_progress') }) +
  typedEvent('response.in_progress', { response: response('in_progress') });
const item = (index: number, added: object): string =>
  typedEvent('response.output_item.added', { output_index: index, item: { id: `i${index}`, ...added } });
const text = (delta: string): string =>
  typedEvent('response.output_text.delta', { item_id: 'i0', output_index: 0, content_index: 0, delta, logprobs: [] });
const opened = item(0, { type: 'message', status: 'in_progress', role: 'assistant', content: [] });
const said = text('Hello, ') + text('world.');
const closed =
  typedEvent('response.output_text.done', { item_id: 'i0', output_index: 0, content_index: 0, text: helloText }) +
  typedEvent('response.output_item.done', {
    output_index: 0,
    item: { id: 'i0', status: 'completed', ...message(outputText(helloText)) },
  });
const hello = start + opened + said + closed;
const whole = response('completed', { output: [message(outputText(helloText))], usage: counts });
const ended = typedEvent('response.completed', { response: whole });
const done: StreamOutcome = { ...complete, usage };
const incomplete = (reason: string): string =>
  typedEvent('response.incomplete', {
    response: response('incomplete', {
      incomplete_details: { reason },
      usage: counts,
      output: [message(outputText(helloText))],
    }),
  });
const broken = (code: string, words: string): string =>
  typedEvent('response.failed', { response: response('failed', { error: { code, message: words } }) });
const failed = (failureKind: NonNullable<StreamOutcome['failureKind']>, says: string): StreamOutcome => ({
  text: helloText,
  ending: 'error',
  failureKind,
  says,
});
const notAnApi: StreamOutcome = { text: '', ending: 'error', failureKind: 'not-an-api' };
const thought = (delta: string): string =>
  typedEvent('response.reasoning_summary_text.delta', { item_id: 'rs', output_index: 0, summary_index: 0, delta });
const thinking =
  item(0, { type: 'reasoning', summary: [] }) +
  typedEvent('response.reasoning_summary_part.added', {
    item_id: 'i0',
    output_index: 0,
    summary_index: 0,
    part: { type: 'summary_text', text: '' },
  }) +
  thought('Hm, ').replaceAll('"rs"', '"i0"') +
  thought('yes.').replaceAll('"rs"', '"i0"');

/** Replies of OpenAI's Responses: https://platform.openai.com/docs/api-reference/responses-streaming */
export const responses: readonly StreamCase[] = [
  responsesCase('text', 'a usual reply', hello + ended, done),
  responsesCase('crlf', 'the same with CRLF', (hello + ended).replaceAll('\n', '\r\n'), done),
  responsesCase(
    'no-event-names',
    'the types stand in the data, too',
    (hello + ended).replaceAll(/^event: .*\n/gm, ''),
    done,
  ),
  responsesCase('comments', 'comments between', `: hi\n\n${hello}: keep-alive\n\n${ended}`, done),
  responsesCase(
    'queued',
    'one that waits for its turn first',
    typedEvent('response.queued', { response: response('queued') }) + hello + ended,
    done,
  ),
  responsesCase('no-deltas', 'all of the text comes with the end', start + ended, done),
  responsesCase('length', 'the limit of tokens', hello + incomplete('max_output_tokens'), {
    text: helloText,
    ending: 'length',
    usage,
  }),
  responsesCase('filtered', 'the filter', hello + incomplete('content_filter'), {
    text: helloText,
    ending: 'filtered',
    usage,
  }),
  responsesCase(
    'incomplete-other',
    'incomplete for a reason that nobody knows',
    hello + incomplete('something_new').replace('something_new', 'abort'),
    { text: helloText, ending: 'cut', usage },
  ),
  responsesCase(
    'cancelled',
    'cancelled elsewhere',
    hello + typedEvent('response.cancelled', { response: response('cancelled') }),
    cut,
  ),
  responsesCase(
    'refusal',
    'the model declines in words of its own',
    start +
      opened +
      typedEvent('response.refusal.delta', { item_id: 'i0', output_index: 0, content_index: 0, delta: 'I can’t.' }) +
      typedEvent('response.completed', {
        response: response('completed', { output: [message({ type: 'refusal', refusal: 'I can’t.' })], usage: counts }),
      }),
    { text: 'I can’t.', ending: 'refused', usage },
  ),
  responsesCase(
    'refusal-whole',
    'the same in one JSON reply',
    JSON.stringify(response('completed', { output: [message({ type: 'refusal', refusal: 'I can’t.' })] })),
    { text: 'I can’t.', ending: 'refused' },
    json,
  ),
  responsesCase('thinking', 'a summary of the thinking, then the answer', start + thinking + opened + said + ended, {
    ...done,
    thinking: 'Hm, yes.',
  }),
  responsesCase(
    'thinking-parts',
    'a summary in two parts',
    start +
      thinking +
      typedEvent('response.reasoning_summary_part.added', {
        item_id: 'i0',
        output_index: 0,
        summary_index: 1,
        part: { type: 'summary_text', text: '' },
      }) +
      typedEvent('response.reasoning_summary_text.delta', {
        item_id: 'i0',
        output_index: 0,
        summary_index: 1,
        delta: 'So.',
      }) +
      opened +
      said +
      ended,
    { ...done, thinking: 'Hm, yes.\n\nSo.' },
  ),
  responsesCase(
    'reasoning-text',
    'thinking itself, as open models tell it',
    start + typedEvent('response.reasoning_text.delta', { item_id: 'i0', delta: 'Hm.' }) + opened + said + ended,
    { ...done, thinking: 'Hm.' },
  ),
  responsesCase(
    'tool',
    'a function that nobody offered',
    hello + item(1, { type: 'function_call', call_id: 'c', name: 'run', arguments: '' }) + ended,
    { text: helloText, ending: 'tool-calls', usage },
  ),
  responsesCase(
    'tool-whole',
    'a function in the last event alone',
    start +
      typedEvent('response.completed', {
        response: response('completed', {
          output: [{ type: 'function_call', call_id: 'c', name: 'run', arguments: '{}' }],
          usage: counts,
        }),
      }),
    { text: '', ending: 'tool-calls', usage },
  ),
  responsesCase(
    'vendor-tool',
    'a search that the vendor runs by itself',
    start +
      item(0, { type: 'web_search_call', status: 'in_progress' }) +
      typedEvent('response.web_search_call.searching', { item_id: 'i0' }) +
      opened +
      said +
      ended,
    done,
  ),
  responsesCase(
    'unknown',
    'events and items that nobody knows',
    start +
      typedEvent('response.brand_new.delta', { delta: 'no' }) +
      item(0, { type: 'brand_new' }) +
      typedEvent('keepalive') +
      opened +
      said +
      closed +
      ended,
    done,
  ),
  responsesCase(
    'failed',
    'it failed',
    hello + broken('server_error', 'The model broke.'),
    failed('server', 'The model broke.'),
  ),
  responsesCase(
    'failed-limit',
    'it failed at a limit',
    hello + broken('rate_limit_exceeded', 'Slow down.'),
    failed('rate-limit', 'Slow down.'),
  ),
  responsesCase(
    'failed-silently',
    'it failed and does not say why',
    hello + typedEvent('response.failed', { response: response('failed') }),
    { text: helloText, ending: 'error', failureKind: 'server' },
  ),
  responsesCase(
    'error-event',
    'an error of its own',
    hello + typedEvent('error', { code: 'server_error', message: 'Boom', param: null }),
    failed('server', 'Boom'),
  ),
  responsesCase(
    'error-nested',
    'the same nested',
    hello +
      typedEvent('error', {
        error: { type: 'insufficient_quota', code: 'insufficient_quota', message: 'You exceeded your current quota.' },
      }),
    failed('billing', 'You exceeded your current quota.'),
  ),
  responsesCase(
    'error-then-end',
    'an error is not undone by an end',
    hello + typedEvent('error', { code: 'server_error', message: 'Boom' }) + ended,
    failed('server', 'Boom'),
  ),
  responsesCase(
    'error-200',
    'an error as JSON with status 200',
    JSON.stringify({ error: { message: `Incorrect API key provided: ${caseKey}`, code: 'invalid_api_key' } }),
    { text: '', ending: 'error', failureKind: 'auth', says: 'Incorrect API key provided' },
    json,
  ),
  responsesCase(
    'error-words',
    'words about errors in the text are none',
    start +
      opened +
      text('{"error": "response.failed"}') +
      typedEvent('response.completed', { response: response('completed', { usage: counts }) }),
    { ...done, text: '{"error": "response.failed"}' },
  ),
  responsesCase('cut', 'bytes that end without its last event are cut', hello, cut),
  responsesCase(
    'cut-in-event',
    'an event cut in its middle',
    `${hello}event: response.completed\ndata: {"type":"resp`,
    cut,
  ),
  responsesCase('last-line-open', 'the last event without its blank line', (hello + ended).trimEnd(), done),
  responsesCase('reset', 'a connection that breaks', hello, cut, { end: 'reset' }),
  responsesCase(
    'reset-before-text',
    'one that breaks before any text',
    start,
    { text: '', ending: 'error', failureKind: 'network' },
    { end: 'reset' },
  ),
  responsesCase('open', 'nothing is waited for behind the last event', hello + ended, done, hang),
  responsesCase('silence', 'silence in the middle is a cut', hello, cut, hang),
  responsesCase('silence-with-keepalive', 'events that say nothing are no progress', hello, cut, {
    ...hang,
    whileOpen: typedEvent('keepalive'),
  }),
  responsesCase(
    'after-end',
    'what comes behind the last event is ignored',
    hello + ended + text('more') + typedEvent('error', { message: 'late' }),
    done,
  ),
  responsesCase('done-behind', '`[DONE]` behind it, as others write', `${hello + ended}data: [DONE]\n\n`, done),
  responsesCase(
    'done-in-text',
    'the answer speaks of `data: [DONE]`',
    start +
      opened +
      text('data: [DONE]\n\n') +
      typedEvent('response.completed', { response: response('completed', { usage: counts }) }),
    { ...done, text: 'data: [DONE]\n\n' },
  ),
  responsesCase(
    'think-tags',
    'tags are text: this wire tells thinking apart',
    start +
      opened +
      text('<think>a</think>b') +
      typedEvent('response.completed', { response: response('completed', { usage: counts }) }),
    { ...done, text: '<think>a</think>b' },
  ),
  responsesCase(
    'empty',
    'no text at all',
    start + typedEvent('response.completed', { response: response('completed', { usage: counts }) }),
    { text: '', ending: 'empty', usage },
  ),
  responsesCase(
    'no-usage',
    'no counts',
    hello + typedEvent('response.completed', { response: response('completed') }),
    complete,
  ),
  responsesCase(
    'usage-reasoning',
    'tokens of thinking',
    hello +
      typedEvent('response.completed', {
        response: response('completed', { usage: { ...counts, output_tokens_details: { reasoning_tokens: 3 } } }),
      }),
    { ...complete, usage: { ...usage, reasoningTokens: 3 } },
  ),
  responsesCase(
    'served-by',
    'another model answers',
    hello + typedEvent('response.completed', { response: response('completed', { model: 'gpt-x' }) }),
    { ...complete, servedBy: 'gpt-x' },
  ),
  responsesCase(
    'surrogates',
    'a surrogate pair cut over two deltas',
    start +
      opened +
      text('\ud83c') +
      text('\udf0a') +
      typedEvent('response.completed', { response: response('completed') }),
    { text: '🌊', ending: 'complete' },
  ),
  responsesCase(
    'damage',
    'an event that is broken JSON: some text may be missing',
    `${start + opened + text('Hello, ')}data: {"type":"response.output_text.delta",{\n\n${text('world.') + ended}`,
    { text: helloText, ending: 'cut', usage },
  ),
  responsesCase(
    'odd-values',
    'numbers, null and lists between',
    `${start}data: 1\n\ndata: null\n\ndata: []\n\ndata: {"type":7}\n\n${opened + said + ended}`,
    done,
  ),
  responsesCase('json', 'one JSON reply', JSON.stringify(whole), done, json),
  responsesCase('json-pretty', 'the same over many lines', JSON.stringify(whole, null, 2), done, json),
  responsesCase('json-open', 'the same with an open socket', JSON.stringify(whole), done, { ...json, ...hang }),
  responsesCase(
    'json-thinking',
    'thinking in it',
    JSON.stringify(
      response('completed', {
        output: [
          {
            type: 'reasoning',
            summary: [
              { type: 'summary_text', text: 'Hm.' },
              { type: 'summary_text', text: 'So.' },
            ],
          },
          message(outputText('Hello, '), outputText('world.')),
        ],
      }),
    ),
    { ...complete, thinking: 'Hm.\n\nSo.' },
    json,
  ),
  responsesCase(
    'json-length',
    'the limit in it',
    JSON.stringify(
      response('incomplete', {
        incomplete_details: { reason: 'max_output_tokens' },
        output: [message(outputText(helloText))],
      }),
    ),
    { text: helloText, ending: 'length' },
    json,
  ),
  responsesCase(
    'chat',
    'chunks of the older API',
    `${event({ object: 'chat.completion.chunk', choices: [{ index: 0, delta: { content: 'Hi' } }] })}data: [DONE]\n\n`,
    notAnApi,
  ),
  responsesCase(
    'anthropic',
    'events of another API',
    `event: message_start\n${event({ type: 'message_start', message: {} })}`,
    notAnApi,
  ),
  responsesCase('html', 'a web page', '<!doctype html><p>Sign in', notAnApi, {
    headers: { 'content-type': 'text/html' },
  }),
  responsesCase('nothing', 'an empty 200', '', { text: '', ending: 'error', failureKind: 'empty-reply' }),
  responsesCase('no-headers', 'nothing ever comes', '', { text: '', ending: 'stopped' }, { end: 'no-headers' }),
  responsesCase(
    'many',
    'twenty thousand deltas',
    [
      start,
      opened,
      { text: text('ab '), times: 20_000 },
      typedEvent('response.completed', { response: response('completed', { usage: counts }) }),
    ],
    { ...done, text: 'ab '.repeat(20_000) },
    { isLarge: true },
  ),
];
