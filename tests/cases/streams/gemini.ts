import {
  askedModel,
  caseKey,
  casesOf,
  complete,
  cut,
  event,
  helloText,
  type StreamCase,
  type StreamOutcome,
} from '../stream-case.ts';

const geminiCase = casesOf('gemini', 'gemini');

const json = { headers: { 'content-type': 'application/json; charset=UTF-8' } };
const hang = { end: 'hang' } as const;

const counts = { promptTokenCount: 7, candidatesTokenCount: 4, totalTokenCount: 11 };
const usage = { inputTokens: 7, outputTokens: 4 };
const response = (parts: readonly object[], candidate: object = {}, fields: object = {}): unknown => ({
  candidates: [{ content: { parts, role: 'model' }, index: 0, ...candidate }],
  modelVersion: askedModel,
  responseId: 'r1',
  ...fields,
});
const text = (words: string, candidate: object = {}, fields: object = {}): string =>
  event(response([{ text: words }], candidate, fields));
const hello = text('Hello, ') + text('world.');
const finish = (reason: string, fields: object = { usageMetadata: counts }): string =>
  event(response([{ text: '' }], { finishReason: reason }, fields));
const ended = finish('STOP');
const done: StreamOutcome = { ...complete, usage };
const failure = (code: number, status: string, message: string, details: readonly unknown[] = []): object => ({
  error: { code, message, status, details },
});
const failed = (failureKind: NonNullable<StreamOutcome['failureKind']>, says: string): StreamOutcome => ({
  text: helloText,
  ending: 'error',
  failureKind,
  says,
});
const list = [
  response([{ text: 'Hello, ' }]),
  response([{ text: 'world.' }], { finishReason: 'STOP' }, { usageMetadata: counts }),
];
const busy = failure(503, 'UNAVAILABLE', 'The model is overloaded. Please try again later.');

const endings: readonly (readonly [string, StreamOutcome['ending']])[] = [
  ['MAX_TOKENS', 'length'],
  ['SAFETY', 'filtered'],
  ['RECITATION', 'filtered'],
  ['BLOCKLIST', 'filtered'],
  ['PROHIBITED_CONTENT', 'filtered'],
  ['SPII', 'filtered'],
  ['IMAGE_SAFETY', 'filtered'],
  ['LANGUAGE', 'filtered'],
  ['MODEL_ARMOR', 'filtered'],
  ['MALFORMED_FUNCTION_CALL', 'tool-calls'],
  ['UNEXPECTED_TOOL_CALL', 'tool-calls'],
  ['OTHER', 'cut'],
  ['MALFORMED_RESPONSE', 'cut'],
];

/** Replies of Gemini: https://ai.google.dev/api/generate-content */
export const gemini: readonly StreamCase[] = [
  geminiCase('text', 'a usual reply, with CRLF as the service writes', (hello + ended).replaceAll('\n', '\r\n'), done),
  geminiCase('lf', 'the same with LF', hello + ended, done),
  geminiCase('cr', 'the same with CR', (hello + ended).replaceAll('\n', '\r'), done),
  geminiCase('no-space', 'no space behind the colon', (hello + ended).replaceAll('data: ', 'data:'), done),
  geminiCase('one-newline', 'one newline per event', (hello + ended).replaceAll('\n\n', '\n'), done),
  geminiCase(
    'pretty',
    'JSON over many data lines',
    list.map((one) => `data: ${JSON.stringify(one, null, 1).replaceAll('\n', '\ndata: ')}\n\n`),
    done,
  ),
  geminiCase('comments', 'comments', `: hi\n\n${hello}: hi\n${ended}`, done),
  ...endings.map(([reason, ending]) =>
    geminiCase(`finish-${reason}`, `the finish reason \`${reason}\``, hello + finish(reason), {
      text: helloText,
      ending,
      usage,
    }),
  ),
  geminiCase(
    'finish-with-text',
    'the reason stands beside the last text',
    text('Hello, ') + text('world.', { finishReason: 'STOP' }, { usageMetadata: counts }),
    done,
  ),
  geminiCase(
    'stop-in-each',
    'older models say STOP in every chunk',
    text('Hello, ', { finishReason: 'STOP' }) + text('world.', { finishReason: 'STOP' }, { usageMetadata: counts }),
    done,
  ),
  geminiCase(
    'stop-in-each-then-length',
    'the last reason counts',
    text('Hello, ', { finishReason: 'STOP' }) +
      text('world.', { finishReason: 'MAX_TOKENS' }, { usageMetadata: counts }),
    { text: helloText, ending: 'length', usage },
  ),
  geminiCase(
    'unspecified',
    'a reason that is none',
    text('Hello, ', { finishReason: 'FINISH_REASON_UNSPECIFIED' }) + text('world.') + ended,
    done,
  ),
  geminiCase(
    'filtered-mid-word',
    'a candidate that ends without content',
    text(helloText) +
      event({
        candidates: [
          {
            finishReason: 'SAFETY',
            index: 0,
            safetyRatings: [{ category: 'HARM_CATEGORY_HARASSMENT', probability: 'HIGH', blocked: true }],
          },
        ],
      }),
    { text: helloText, ending: 'filtered' },
  ),
  geminiCase('cut', 'bytes that end without a reason are cut', hello, cut),
  geminiCase('cut-in-event', 'an event cut in its middle', `${hello}data: {"candidates":[{"conte`, cut),
  geminiCase('last-line-open', 'the last event without its blank line', (hello + ended).trimEnd(), done),
  geminiCase('reset', 'a connection that breaks', hello, cut, { end: 'reset' }),
  geminiCase('open', 'a socket that stays open', hello + ended, done, hang),
  geminiCase('silence', 'silence in the middle is a cut', hello, cut, hang),
  geminiCase('silence-with-comments', 'comments are no progress', hello, cut, { ...hang, whileOpen: ': ping\n\n' }),
  geminiCase('done-behind', '`[DONE]` behind it, as proxies write', `${hello + ended}data: [DONE]\n\n`, done),
  geminiCase('done-in-text', 'the answer speaks of `data: [DONE]`', text('data: [DONE]\n\n') + ended, {
    ...done,
    text: 'data: [DONE]\n\n',
  }),
  geminiCase(
    'blocked',
    'a blocked prompt',
    event({
      promptFeedback: { blockReason: 'PROHIBITED_CONTENT' },
      usageMetadata: { promptTokenCount: 7 },
      modelVersion: askedModel,
    }),
    { text: '', ending: 'filtered', usage: { inputTokens: 7 } },
  ),
  geminiCase(
    'blocked-other',
    'one blocked for no reason that is told',
    event({ promptFeedback: { blockReason: 'OTHER' } }),
    { text: '', ending: 'filtered' },
  ),
  geminiCase(
    'feedback',
    'feedback that blocks nothing',
    event({ promptFeedback: { safetyRatings: [] } }) + hello + ended,
    done,
  ),
  geminiCase(
    'safety-empty',
    'filtered before the first word',
    event({ candidates: [{ finishReason: 'SAFETY', index: 0 }] }),
    { text: '', ending: 'filtered' },
  ),
  geminiCase(
    'error',
    'an error object in the stream',
    hello + event(busy),
    failed('overloaded', 'The model is overloaded'),
  ),
  geminiCase(
    'error-list',
    'the same as a list',
    hello + event([busy]),
    failed('overloaded', 'The model is overloaded'),
  ),
  geminiCase(
    'error-then-stop',
    'an error is not undone by an end',
    hello + event(busy) + ended,
    failed('overloaded', 'The model is overloaded'),
  ),
  geminiCase(
    'error-after-stop',
    'a reason in every chunk does not hide an error',
    text(helloText, { finishReason: 'STOP' }) + event(failure(500, 'INTERNAL', 'An internal error has occurred.')),
    failed('server', 'An internal error has occurred.'),
  ),
  geminiCase(
    'error-quota',
    'a limit in the stream',
    hello + event(failure(429, 'RESOURCE_EXHAUSTED', 'You exceeded your current quota.')),
    failed('rate-limit', 'You exceeded your current quota.'),
  ),
  geminiCase(
    'error-first',
    'an error with status 200',
    JSON.stringify(failure(400, 'INVALID_ARGUMENT', `API key not valid: ${caseKey}`, [{ reason: 'API_KEY_INVALID' }])),
    { text: '', ending: 'error', failureKind: 'auth', says: 'API key not valid' },
    json,
  ),
  geminiCase(
    'error-bare',
    'an error as bare JSON over many lines behind the text',
    `${hello}${JSON.stringify(busy)}\n`,
    failed('overloaded', 'The model is overloaded'),
  ),
  geminiCase(
    'thoughts',
    'thoughts, then the answer',
    event(response([{ text: 'Hm, ', thought: true }])) +
      event(response([{ text: 'yes.', thought: true }, { text: 'Hello, ' }])) +
      text('world.') +
      finish('STOP', { usageMetadata: { ...counts, thoughtsTokenCount: 6 } }),
    { ...complete, thinking: 'Hm, yes.', usage: { inputTokens: 7, outputTokens: 10, reasoningTokens: 6 } },
  ),
  geminiCase(
    'signature',
    'a signature is no text',
    event(response([{ text: helloText, thoughtSignature: 'EpAI' }])) +
      event(response([{ text: '', thoughtSignature: 'EpAI' }], { finishReason: 'STOP' })),
    complete,
  ),
  geminiCase('think-tags', 'tags are text: this wire marks thoughts', text('<think>a</think>b') + ended, {
    ...done,
    text: '<think>a</think>b',
  }),
  geminiCase(
    'parts',
    'several parts in a chunk',
    event(response([{ text: 'Hello' }, { text: ', ' }, { text: 'world.' }])) + ended,
    done,
  ),
  geminiCase(
    'foreign-parts',
    'pictures, code and its result are no text',
    event(
      response([
        { inlineData: { mimeType: 'image/png', data: 'AAAA' } },
        { executableCode: { code: 'no' } },
        { codeExecutionResult: { output: 'no' } },
        { text: helloText },
      ]),
    ) + ended,
    done,
  ),
  geminiCase(
    'tool',
    'a function that nobody offered',
    text(helloText) + event(response([{ functionCall: { name: 'run', args: {} } }], { finishReason: 'STOP' })),
    { text: helloText, ending: 'tool-calls' },
  ),
  geminiCase(
    'second-candidate',
    'a second candidate is not shown',
    event({
      candidates: [
        { content: { parts: [{ text: 'no' }] }, index: 1 },
        { content: { parts: [{ text: helloText }] }, index: 0 },
      ],
    }) +
      event({ candidates: [{ content: { parts: [{ text: 'no' }] }, index: 1, finishReason: 'SAFETY' }] }) +
      ended,
    done,
  ),
  geminiCase(
    'no-index',
    'the index is left out',
    event({ candidates: [{ content: { parts: [{ text: helloText }] }, finishReason: 'STOP' }] }),
    complete,
  ),
  geminiCase(
    'no-parts',
    'a content without parts',
    event({ candidates: [{ content: { role: 'model' }, index: 0 }] }) + hello + ended,
    done,
  ),
  geminiCase('empty', 'no text at all', ended, { text: '', ending: 'empty', usage }),
  geminiCase('empty-candidates', 'no candidate at all', event({ candidates: [], usageMetadata: counts }), {
    text: '',
    ending: 'cut',
    usage,
  }),
  geminiCase(
    'usage-late',
    'counts in a chunk of their own behind the reason',
    hello + finish('STOP', {}) + event({ usageMetadata: counts, modelVersion: askedModel }),
    done,
  ),
  geminiCase(
    'usage-tools',
    'what tools have read counts as asked',
    hello + finish('STOP', { usageMetadata: { ...counts, toolUsePromptTokenCount: 10 } }),
    { ...complete, usage: { inputTokens: 17, outputTokens: 4 } },
  ),
  geminiCase('no-usage', 'no counts', hello + finish('STOP', {}), complete),
  geminiCase(
    'served-by',
    'another model answers',
    text(helloText, { finishReason: 'STOP' }, { modelVersion: 'gemini-x' }),
    { ...complete, servedBy: 'gemini-x' },
  ),
  geminiCase(
    'odd-values',
    'numbers, null and lists between',
    `data: 1\n\ndata: null\n\ndata: []\n\ndata: {"candidates":[null,7]}\n\n${hello + ended}`,
    done,
  ),
  geminiCase(
    'surrogates',
    'a surrogate pair cut over two chunks',
    event(response([{ text: '\ud83c' }])) + event(response([{ text: '\udf0a' }])) + ended,
    { ...done, text: '🌊' },
  ),
  geminiCase(
    'damage',
    'an event that is broken JSON: some text may be missing',
    `${text('Hello, ')}data: {"candidates":[{\n\n${text('world.') + ended}`,
    { text: helloText, ending: 'cut', usage },
  ),
  geminiCase(
    'list',
    'a list, as without `alt=sse`',
    `[${list.map((one) => JSON.stringify(one, null, 2)).join('\n,\r\n')}\n]\n`,
    done,
    json,
  ),
  geminiCase('list-one-line', 'the same on one line', JSON.stringify(list), done, json),
  geminiCase('list-open', 'the same with an open socket', JSON.stringify(list), done, { ...json, ...hang }),
  geminiCase(
    'list-torn',
    'what is whole of a torn list is shown',
    `[${JSON.stringify(list[0], null, 2)}\n,\r\n{\n  "candidates": [{`,
    { text: 'Hello, ', ending: 'cut' },
    json,
  ),
  geminiCase(
    'list-error',
    'an error in the list',
    `[${JSON.stringify(list[0], null, 2)}\n,\r\n${JSON.stringify(busy, null, 2)}\n]`,
    { ...failed('overloaded', 'The model is overloaded'), text: 'Hello, ' },
    json,
  ),
  geminiCase(
    'json',
    'one JSON reply',
    JSON.stringify(response([{ text: helloText }], { finishReason: 'STOP' }, { usageMetadata: counts })),
    done,
    json,
  ),
  geminiCase(
    'json-pretty',
    'the same over many lines',
    JSON.stringify(response([{ text: helloText }], { finishReason: 'STOP' }, { usageMetadata: counts }), null, 2),
    done,
    json,
  ),
  geminiCase(
    'openai',
    'events of another API',
    `${event({ object: 'chat.completion.chunk', choices: [{ index: 0, delta: { content: 'Hi' } }] })}data: [DONE]\n\n`,
    { text: '', ending: 'error', failureKind: 'not-an-api' },
  ),
  geminiCase(
    'html',
    'a web page',
    '<html><body>Sign in</body></html>',
    { text: '', ending: 'error', failureKind: 'not-an-api' },
    { headers: { 'content-type': 'text/html' } },
  ),
  geminiCase('nothing', 'an empty 200', '', { text: '', ending: 'error', failureKind: 'empty-reply' }),
  geminiCase('no-headers', 'nothing ever comes', '', { text: '', ending: 'stopped' }, { end: 'no-headers' }),
  geminiCase(
    'many',
    'twenty thousand chunks',
    [{ text: text('ab '), times: 20_000 }, ended],
    { ...done, text: 'ab '.repeat(20_000) },
    { isLarge: true },
  ),
];
