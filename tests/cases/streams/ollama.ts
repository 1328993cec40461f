import {
  askedModel,
  casesOf,
  complete,
  cut,
  event,
  helloText,
  type StreamCase,
  type StreamOutcome,
} from '../stream-case.ts';

const ollamaCase = casesOf('ollama-chat', 'ollama-chat', {
  headers: { 'content-type': 'application/x-ndjson' },
});

const hang = { end: 'hang' } as const;

const line = (message: object | null, fields: object = {}): string =>
  `${JSON.stringify({
    model: askedModel,
    created_at: '2026-01-01T00:00:00Z',
    ...(message && { message: { role: 'assistant', content: '', ...message } }),
    done: false,
    ...fields,
  })}\n`;
const text = (content: string): string => line({ content });
const hello = text('Hello, ') + text('world.');
const counts = { total_duration: 9, prompt_eval_count: 7, eval_count: 4 };
const last = (reason: string | undefined, fields: object = counts): string =>
  line({}, { done: true, ...(reason !== undefined && { done_reason: reason }), ...fields });
const ended = last('stop');
const usage = { inputTokens: 7, outputTokens: 4 };
const done: StreamOutcome = { ...complete, usage };
const error = (message: unknown): string => `${JSON.stringify({ error: message })}\n`;
const failed = (failureKind: NonNullable<StreamOutcome['failureKind']>, says: string): StreamOutcome => ({
  text: helloText,
  ending: 'error',
  failureKind,
  says,
});
const whole = line({ content: helloText }, { done: true, done_reason: 'stop', ...counts });
const notAnApi: StreamOutcome = { text: '', ending: 'error', failureKind: 'not-an-api' };

/** Replies of Ollama's own API: https://docs.ollama.com/api/streaming */
export const ollama: readonly StreamCase[] = [
  ollamaCase('text', 'a usual reply', hello + ended, done),
  ollamaCase('crlf', 'the same with CRLF', (hello + ended).replaceAll('\n', '\r\n'), done),
  ollamaCase('blank-lines', 'blank lines between and before', `\n\n${(hello + ended).replaceAll('\n', '\n\n')}`, done),
  ollamaCase('byte-order-mark', 'a byte order mark first', `\ufeff${hello + ended}`, done),
  ollamaCase('labelled-as-json', 'another content type', hello + ended, done, {
    headers: { 'content-type': 'application/json' },
  }),
  ollamaCase(
    'as-events',
    'lines in events, as proxies write',
    (hello + ended).replaceAll(/^(?=\{)/gm, 'data: ').replaceAll('\n', '\n\n'),
    done,
  ),
  ollamaCase('last-line-open', 'the last line without its end', (hello + ended).trimEnd(), done),
  ollamaCase('length', 'the limit of tokens', hello + last('length'), { text: helloText, ending: 'length', usage }),
  ollamaCase('no-reason', 'older versions give no reason', hello + last(undefined), done),
  ollamaCase('empty-reason', 'nor does an empty one say anything', hello + last(''), done),
  ollamaCase('unknown-reason', 'a reason that nobody knows', hello + last('eos'), done),
  ollamaCase('reason-null', 'a reason of null', hello + line({}, { done: true, done_reason: null, ...counts }), done),
  ollamaCase('load', 'the model was only loaded', line({}, { done: true, done_reason: 'load' }), {
    text: '',
    ending: 'empty',
  }),
  ollamaCase(
    'text-in-last',
    'text in the last line',
    text('Hello, ') + line({ content: 'world.' }, { done: true, done_reason: 'stop', ...counts }),
    done,
  ),
  ollamaCase('cut', 'bytes that end without `done` are cut', hello, cut),
  ollamaCase('cut-after-one', 'also behind one line, though that is whole JSON', text(helloText), cut),
  ollamaCase('cut-one-open', 'also without its line end', text(helloText).trimEnd(), cut),
  ollamaCase('cut-in-line', 'a line cut in its middle', `${hello}{"model":"m","message":{"role":"assis`, cut),
  ollamaCase('cut-in-first', 'the first line cut in its middle', '{"model":"m","message":{"role":"assis', {
    text: '',
    ending: 'cut',
  }),
  ollamaCase('done-false-only', '`done` that is no boolean ends nothing', hello + line({}, { done: 'true' }), cut),
  ollamaCase('reset', 'a connection that breaks', hello, cut, { end: 'reset' }),
  ollamaCase(
    'reset-first',
    'one that breaks before the first byte',
    '',
    { text: '', ending: 'error', failureKind: 'network' },
    { end: 'reset' },
  ),
  ollamaCase('open', 'nothing is waited for behind the last line', hello + ended, done, hang),
  ollamaCase('open-no-line-end', 'nor for the end of that line', (hello + ended).trimEnd(), done, hang),
  ollamaCase('open-whole', 'nor behind one JSON reply', whole, done, hang),
  ollamaCase('silence', 'silence in the middle is a cut', hello, cut, hang),
  ollamaCase('silence-after-one', 'one line alone is no reply: silence', text(helloText), cut, hang),
  ollamaCase('silence-blank', 'blank lines are no progress', hello, cut, { ...hang, whileOpen: '\n' }),
  ollamaCase(
    'after-done',
    'what comes behind the last line is ignored',
    hello + ended + text('more') + error('late'),
    done,
  ),
  ollamaCase(
    'error',
    'an error line in mid-stream',
    hello + error('an error was encountered while running the model: CUDA error'),
    failed('server', 'CUDA error'),
  ),
  ollamaCase(
    'error-object',
    'the same as an object',
    hello + error({ message: 'unexpected EOF', code: 500 }),
    failed('server', 'unexpected EOF'),
  ),
  ollamaCase(
    'error-then-done',
    'an error is not undone by an end',
    hello + error('boom') + ended,
    failed('server', 'boom'),
  ),
  ollamaCase('error-first', 'an error with status 200', error('llama runner process has terminated: exit status 2'), {
    ...failed('server', 'has terminated'),
    text: '',
  }),
  ollamaCase(
    'error-open',
    'the same with an open socket',
    error('boom').trimEnd(),
    { ...failed('server', 'boom'), text: '' },
    hang,
  ),
  ollamaCase('error-model', 'an unknown model with status 200', error("model 'm' not found"), {
    ...failed('model-not-found', 'not found'),
    text: '',
  }),
  ollamaCase('error-context', 'a context that is too short', error('the input length exceeds the context length'), {
    ...failed('context-length', 'context length'),
    text: '',
  }),
  ollamaCase('error-null', '`error: null` is none', hello + line({}, { error: null }) + ended, done),
  ollamaCase(
    'thinking',
    'thinking, then the answer',
    line({ thinking: 'Hm, ' }) + line({ thinking: 'yes.' }) + hello + ended,
    { ...done, thinking: 'Hm, yes.' },
  ),
  ollamaCase(
    'think-tags',
    'thinking in the text of models whose template does not tell',
    text('<thi') + text('nk>Hm.</think>') + hello + ended,
    { ...done, thinking: 'Hm.' },
  ),
  ollamaCase('thinking-only', 'thinking and no answer', line({ thinking: 'Hm.' }) + ended, {
    text: '',
    thinking: 'Hm.',
    ending: 'empty',
    usage,
  }),
  ollamaCase(
    'tool',
    'a tool that nobody offered',
    hello + line({ tool_calls: [{ function: { name: 'run', arguments: {} } }] }) + ended,
    { text: helloText, ending: 'tool-calls', usage },
  ),
  ollamaCase(
    'tools-empty',
    'an empty list of tools asks for none',
    line({ content: helloText, tool_calls: [] }) + ended,
    done,
  ),
  ollamaCase('empty', 'no text at all', ended, { text: '', ending: 'empty', usage }),
  ollamaCase('content-null', 'content of null', line({ content: null }) + hello + ended, done),
  ollamaCase(
    'no-message',
    'a last line without a message',
    hello + line(null, { done: true, done_reason: 'stop', ...counts }),
    done,
  ),
  ollamaCase('no-usage', 'no counts', hello + last('stop', {}), complete),
  ollamaCase('usage-cached', 'a prompt from the cache is not counted', hello + last('stop', { eval_count: 4 }), {
    ...complete,
    usage: { outputTokens: 4 },
  }),
  ollamaCase(
    'served-by',
    'another model answers',
    line({ content: helloText }, { model: 'x:latest', done: true, done_reason: 'stop' }),
    { ...complete, servedBy: 'x:latest' },
  ),
  ollamaCase(
    'odd-values',
    'numbers, null and lists between',
    `${text('Hello, ')}1\nnull\n[]\n{"__proto__":{"done":true}}\n${text('world.') + ended}`,
    done,
  ),
  ollamaCase(
    'damage',
    'a broken line in the middle: some text may be missing',
    `${text('Hello, ')}{"model":"m","mess\n${text('world.') + ended}`,
    { text: helloText, ending: 'cut', usage },
  ),
  ollamaCase(
    'surrogates',
    'a surrogate pair cut over two lines',
    line({ content: '\ud83c' }) + line({ content: '\udf0a' }) + ended,
    { ...done, text: '🌊' },
  ),
  ollamaCase('utf8', 'text of many bytes a character', text('поток 🌊 流れ') + ended, {
    ...done,
    text: 'поток 🌊 流れ',
  }),
  ollamaCase('line-separators', 'characters that end no line', text('a\u2028b\u0085c') + ended, {
    ...done,
    text: 'a\u2028b\u0085c',
  }),
  ollamaCase('colon-text', 'text that looks like fields of another format', text('data: x\n\nevent: y') + ended, {
    ...done,
    text: 'data: x\n\nevent: y',
  }),
  ollamaCase('whole', 'one JSON reply', whole, done),
  ollamaCase('whole-pretty', 'the same over many lines', JSON.stringify(JSON.parse(whole), null, 2), done),
  ollamaCase(
    'whole-thinking',
    'thinking in it',
    line({ content: helloText, thinking: 'Hm.' }, { done: true, done_reason: 'stop', ...counts }),
    { ...done, thinking: 'Hm.' },
  ),
  ollamaCase(
    'generate',
    'lines of another of its calls',
    `${JSON.stringify({ model: askedModel, response: 'Hi', done: false })}\n`,
    { text: '', ending: 'cut' },
  ),
  ollamaCase(
    'openai',
    'events of another API',
    `${event({ object: 'chat.completion.chunk', choices: [{ index: 0, delta: { content: 'Hi' } }] })}data: [DONE]\n\n`,
    notAnApi,
  ),
  ollamaCase('status', 'some other JSON', '{"status":"ok"}\n', notAnApi),
  ollamaCase('words', '"Ollama is running"', 'Ollama is running', notAnApi),
  ollamaCase('html', 'a web page', '<!doctype html><p>Sign in', notAnApi, { headers: { 'content-type': 'text/html' } }),
  ollamaCase('nothing', 'an empty 200', '', { text: '', ending: 'error', failureKind: 'empty-reply' }),
  ollamaCase(
    'no-headers',
    'a model that is being loaded: nothing comes yet',
    '',
    { text: '', ending: 'stopped' },
    { end: 'no-headers' },
  ),
  ollamaCase(
    'many',
    'twenty thousand lines',
    [{ text: text('ab '), times: 20_000 }, ended],
    { ...done, text: 'ab '.repeat(20_000) },
    { isLarge: true },
  ),
  ollamaCase(
    'too-much',
    'a line without an end',
    [hello, '{"model":"', { text: 'x'.repeat(1024), times: 17 * 1024 }],
    { text: helloText, ending: 'error', failureKind: 'too-much-data' },
    { isLarge: true },
  ),
];
