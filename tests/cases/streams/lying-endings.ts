import {
  added,
  chunk,
  complete,
  cut,
  done,
  ended,
  event,
  finish,
  hello,
  helloText,
  streamCase,
  text,
  type StreamCase,
  type StreamOutcome,
} from '../stream-case.ts';

const failed = (failureKind: NonNullable<StreamOutcome['failureKind']>, says = 'Boom'): StreamOutcome => ({
  text: helloText,
  ending: 'error',
  failureKind,
  says,
});
const server = failed('server');
const boom = { error: { message: 'Boom', type: 'server_error' } };
const line = (value: unknown): string => JSON.stringify(value);

/** Replies whose end is not what it seems. */
export const lyingEndings: readonly StreamCase[] = [
  streamCase('done-suffix', 'fake sentinel `[DONE]x`', `${hello}data: [DONE]x\n\n`, cut),
  streamCase('done-prefix', 'fake sentinel `x[DONE]`', `${hello}data: x[DONE]\n\n`, cut),
  streamCase('done-lower-case', 'fake sentinel `[done]`', `${hello}data: [done]\n\n`, cut),
  streamCase('done-quoted', 'fake sentinel as JSON text', `${hello}data: "[DONE]"\n\n`, cut),
  streamCase('done-in-list', 'fake sentinel as a JSON list', `${hello}data: ["DONE"]\n\n`, cut),
  streamCase(
    'done-padded',
    'a sentinel with a space behind it is none; the finish came',
    `${hello}${finish('stop')}data: [DONE] \n\n`,
    complete,
  ),
  streamCase('done-padded-no-finish', 'the same without a finish', `${hello}data: [DONE] \n\n`, cut),
  streamCase('done-in-lines', 'a sentinel inside multi-line data', `${hello}data: x\ndata: [DONE]\n\n`, cut),
  streamCase(
    'done-before-lines',
    'a sentinel as the first of many data lines',
    `${hello}data: [DONE]\ndata: x\n\n`,
    cut,
  ),
  streamCase('done-as-comment', 'a sentinel in a comment', `${hello}: [DONE]\n\n`, cut),
  streamCase('done-as-event', 'a sentinel as an event name', `${hello}event: [DONE]\ndata: {}\n\n`, cut),
  streamCase('done-bare', 'a sentinel without its field', `${hello}[DONE]\n\n`, cut),
  streamCase('done-in-text', 'the answer mentions `data: [DONE]`', text('It ends with\ndata: [DONE]\n\nYes.') + ended, {
    text: 'It ends with\ndata: [DONE]\n\nYes.',
    ending: 'complete',
  }),
  streamCase('done-in-text-cut', 'the answer ends with those words and the bytes end', text('data: [DONE]'), {
    text: 'data: [DONE]',
    ending: 'cut',
  }),
  streamCase('done-without-finish', 'the sentinel without a finish reason', hello + done, complete),
  streamCase('done-without-space', '`data:[DONE]`', `${hello}data:[DONE]\n\n`, complete),
  streamCase('done-twice', 'two sentinels', hello + ended + done, complete),
  streamCase(
    'done-then-more',
    'nothing after the sentinel counts',
    hello + done + text('more') + event(boom),
    complete,
  ),
  streamCase('finish-without-done', 'a finish and no sentinel', hello + finish('stop'), complete),
  streamCase('no-end', 'EOF with neither finish nor sentinel', hello, cut),
  streamCase('no-end-after-role', 'EOF after the role', added({ role: 'assistant', content: '' }), {
    text: '',
    ending: 'cut',
  }),
  streamCase('no-end-after-comment', 'EOF after comments only', ': hi\n\n: hi\n\n', { text: '', ending: 'cut' }),
  streamCase(
    'torn-in-the-middle',
    'a broken chunk in the middle: some text may be missing',
    `${text('Hello, ')}data: {"choices":[{"delta":{"con\n\n${text('world.')}${ended}`,
    cut,
  ),
  streamCase('error-then-done', '`[DONE]` after an error frame', hello + event(boom) + done, server),
  streamCase('error-then-finish', 'a finish after an error frame', hello + event(boom) + ended, server),
  streamCase(
    'error-then-text',
    'text after an error frame is not shown',
    hello + event(boom) + text('more') + ended,
    server,
  ),
  streamCase(
    'error-flat',
    '`{"object":"error"}` flat (vLLM), then the sentinel',
    hello + event({ object: 'error', message: 'Boom', type: 'InternalServerError', param: null, code: 500 }) + done,
    server,
  ),
  streamCase(
    'error-nested-vllm',
    'the same nested (newer vLLM)',
    hello + event({ error: { message: 'Boom', type: 'BadRequestError', param: null, code: 400 } }) + done,
    failed('bad-request'),
  ),
  streamCase(
    'error-sglang',
    'SGLang: flat inside `error`, then the sentinel',
    hello + event({ error: { object: 'error', message: 'Boom', type: 'ServiceUnavailableError', code: 503 } }) + done,
    failed('overloaded'),
  ),
  streamCase(
    'error-litellm',
    'LiteLLM: the code as text',
    hello + event({ error: { message: 'litellm.APIError: Boom', type: null, param: null, code: '500' } }) + done,
    failed('server', 'litellm.APIError: Boom'),
  ),
  streamCase(
    'error-g4f',
    'g4f: an error object beside model and provider',
    hello +
      event({ error: { message: 'ResponseStatusError: Response 429: Too many requests' }, model: 'm', provider: 'X' }) +
      done,
    failed('rate-limit', 'Too many requests'),
  ),
  streamCase(
    'error-field',
    'field `error:` instead of `data:` (llama.cpp)',
    `${hello}error: ${line({ code: 500, message: 'Boom', type: 'server_error' })}\n\n`,
    server,
  ),
  streamCase('error-field-nested', 'the same with the error nested', `${hello}error: ${line(boom)}\n\n${done}`, server),
  streamCase('error-field-text', 'the same with plain words', `${hello}error: Boom\n\n`, server),
  streamCase(
    'error-event-flat',
    '`event: error`, flat',
    `${hello}event: error\ndata: ${line({ message: 'Boom', code: 500 })}\n\n`,
    server,
  ),
  streamCase(
    'error-event-nested',
    '`event: error`, nested (LM Studio, Groq, OpenAI)',
    `${hello}event: error\ndata: ${line(boom)}\n\n${done}`,
    server,
  ),
  streamCase('error-event-words', '`event: error` with plain words', `${hello}event: error\ndata: Boom\n\n`, server),
  streamCase(
    'error-event-status',
    '`event: error` with a status and nothing that is called an error',
    `${hello}event: error\ndata: ${line({ status_code: 503, detail: 'Boom' })}\n\n`,
    failed('overloaded'),
  ),
  streamCase(
    'error-event-open',
    '`event: error` as the last event, without its blank line',
    `${hello}event: error\ndata: ${line(boom)}`,
    server,
  ),
  streamCase('error-event-empty', '`event: error` that says nothing', `${hello}event: error\ndata: {}\n\n`, {
    text: helloText,
    ending: 'error',
    failureKind: 'server',
  }),
  streamCase('error-text', 'an error that is a bare string', hello + event({ error: 'Boom' }), server),
  streamCase('error-list', 'errors as a list', hello + event({ error: [{ message: 'Boom' }] }), server),
  streamCase(
    'error-in-array',
    'an error inside an array (Gemini)',
    hello + event([{ error: { code: 500, message: 'Boom', status: 'INTERNAL' } }]),
    server,
  ),
  streamCase(
    'error-in-choice',
    'an error in the choice (OpenRouter)',
    hello +
      event(chunk({ index: 0, delta: { content: '' }, finish_reason: 'error', error: { code: 502, message: 'Boom' } })),
    server,
  ),
  streamCase(
    'error-beside-choices',
    'an error beside the choices (OpenRouter in mid-stream)',
    hello +
      event(
        chunk(
          { index: 0, delta: { content: '' }, finish_reason: 'error' },
          { error: { code: 'server_error', message: 'Boom' } },
        ),
      ),
    server,
  ),
  streamCase(
    'error-beside-text',
    'the last text in the frame of the error is kept',
    text('Hello, ') +
      event(chunk({ index: 0, delta: { content: 'world.' } }, { error: { message: 'Boom', code: 500 } })),
    server,
  ),
  streamCase(
    'error-typed',
    '`{"type":"error"}` around the error (Anthropic behind a gateway)',
    `${hello}event: error\ndata: ${line({ type: 'error', error: { type: 'overloaded_error', message: 'Boom' } })}\n\n`,
    failed('overloaded'),
  ),
  streamCase(
    'error-responses',
    '`{"type":"error"}` flat (OpenAI)',
    hello + event({ type: 'error', code: 'server_error', message: 'Boom', param: null }),
    server,
  ),
  streamCase(
    'error-code-message',
    '`code` and `message` alone',
    hello + event({ code: 1305, message: 'Boom' }),
    server,
  ),
  streamCase('error-success-false', '`success: false`', hello + event({ success: false, msg: 'Boom' }), server),
  streamCase(
    'error-json-string',
    'the error as JSON inside JSON',
    hello + event({ error: { message: line(boom), code: 500 } }),
    server,
  ),
  streamCase(
    'error-empty-object',
    '`error: {}` is none',
    added({ content: helloText }, { error: {} }) + ended,
    complete,
  ),
  streamCase(
    'error-null',
    '`error: null` is none',
    added({ content: helloText }, { error: null }) + finish('stop', { error: null }) + done,
    complete,
  ),
  streamCase(
    'error-empty-fields',
    'an error without a word is none',
    added({ content: helloText }, { error: { message: '', code: null } }) + ended,
    complete,
  ),
  streamCase(
    'error-code-zero',
    '`code: 0` is none',
    event({ code: 0, message: 'success', choices: [{ delta: { content: helloText } }] }) + ended,
    complete,
  ),
  streamCase(
    'error-after-finish',
    'an error after the finish is ignored',
    hello + finish('stop') + event(boom) + done,
    complete,
  ),
  streamCase('error-in-text', 'an answer about errors', text('{"error":{"message":"x"}}\nevent: error') + ended, {
    text: '{"error":{"message":"x"}}\nevent: error',
    ending: 'complete',
  }),
  streamCase(
    'error-first',
    'an error frame before any text',
    event({ error: { message: 'Boom', type: 'invalid_request_error', code: 400 } }) + done,
    { ...failed('bad-request'), text: '' },
  ),
  streamCase(
    'page-in-the-middle',
    'a proxy’s web page behind the text',
    `${hello}<html>\n<head><title>502</title></head>\n</html>\n`,
    cut,
  ),
];
