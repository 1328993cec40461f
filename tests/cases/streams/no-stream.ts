import {
  askedModel,
  complete,
  done,
  ended,
  event,
  hello,
  helloText,
  plainCase,
  streamCase,
  wholeReply,
  type StreamCase,
  type StreamOutcome,
} from '../stream-case.ts';

const json = (value: unknown): string => JSON.stringify(value);
const said = (fields: object = {}): unknown => ({ role: 'assistant', content: helloText, ...fields });
const notAnApi: StreamOutcome = { text: '', ending: 'error', failureKind: 'not-an-api' };
const emptyReply: StreamOutcome = { text: '', ending: 'error', failureKind: 'empty-reply' };
const page = { headers: { 'content-type': 'text/html; charset=utf-8' } };
const sse = { headers: { 'content-type': 'text/event-stream' } };
const usage = { prompt_tokens: 7, completion_tokens: 5 };
const typed = (type: string, fields: object = {}): string => `event: ${type}\n${event({ type, ...fields })}`;

/** Replies with status 200 that are no stream, or none of this wire. */
export const noStream: readonly StreamCase[] = [
  plainCase('json-reply', 'one JSON reply to a stream request: show it', json(wholeReply(said())), complete),
  plainCase('json-reply-as-stream', 'the same labelled as an event stream', json(wholeReply(said())), complete, sse),
  plainCase(
    'json-reply-pretty',
    'the same over many lines, a byte order mark and blanks before it',
    `\ufeff \r\n\n${JSON.stringify(wholeReply(said()), null, 2)}\n\n`,
    complete,
  ),
  plainCase('json-reply-without-finish', 'one JSON reply needs no other end', json(wholeReply(said(), null)), complete),
  plainCase(
    'json-reply-null-finish',
    '`finish_reason: null` in it',
    json(wholeReply(said(), null, { choices: [{ message: said(), finish_reason: null }] })),
    complete,
  ),
  plainCase('json-reply-length', 'the token limit in it', json(wholeReply(said(), 'length')), {
    text: helloText,
    ending: 'length',
  }),
  plainCase('json-reply-filter', 'the filter in it', json(wholeReply(said({ content: '' }), 'content_filter')), {
    text: '',
    ending: 'filtered',
  }),
  plainCase(
    'json-reply-parts',
    'parts in it',
    json(
      wholeReply(
        said({
          content: [
            { type: 'thinking', thinking: [{ type: 'text', text: 'Hm.' }] },
            { type: 'text', text: helloText },
          ],
        }),
      ),
    ),
    { ...complete, thinking: 'Hm.' },
  ),
  plainCase('json-reply-reasoning', 'reasoning in it', json(wholeReply(said({ reasoning_content: 'Hm.' }))), {
    ...complete,
    thinking: 'Hm.',
  }),
  plainCase(
    'json-reply-think',
    'inline thinking in it',
    json(wholeReply(said({ content: `<think>Hm.</think>${helloText}` }))),
    { ...complete, thinking: 'Hm.' },
  ),
  plainCase('json-reply-refusal', 'a refusal in it', json(wholeReply({ content: null, refusal: 'No.' })), {
    text: 'No.',
    ending: 'refused',
  }),
  plainCase(
    'json-reply-tool-calls',
    'tool calls in it',
    json(wholeReply({ content: null, tool_calls: [{ id: '1' }] }, 'tool_calls')),
    { text: '', ending: 'tool-calls' },
  ),
  plainCase('json-reply-empty', 'no words in it', json(wholeReply({ content: null })), { text: '', ending: 'empty' }),
  plainCase('json-reply-no-choice', 'no choice in it', json(wholeReply(null, 'stop', { choices: [] })), {
    text: '',
    ending: 'empty',
  }),
  plainCase('json-reply-usage', 'usage and model in it', json(wholeReply(said(), 'stop', { usage, model: 'real-3' })), {
    ...complete,
    servedBy: 'real-3',
    usage: { inputTokens: 7, outputTokens: 5 },
  }),
  plainCase(
    'json-reply-text',
    'the older `text` in it',
    json({ model: askedModel, choices: [{ text: helloText, index: 0, finish_reason: 'stop' }] }),
    complete,
  ),
  plainCase('json-reply-torn', 'it breaks off: nothing of it can be read', json(wholeReply(said())).slice(0, 90), {
    text: '',
    ending: 'cut',
  }),
  plainCase(
    'json-reply-behind-comment',
    'comments, then one JSON reply over many lines',
    `: OPENROUTER PROCESSING\n\n${JSON.stringify(wholeReply(said()), null, 2)}\n`,
    complete,
    sse,
  ),
  plainCase('stream-as-json', 'SSE labelled as JSON', hello + ended, complete),
  plainCase('stream-as-text', 'SSE labelled as plain text', hello + ended, complete, {
    headers: { 'content-type': 'text/plain' },
  }),
  plainCase('stream-as-page', 'SSE labelled as a web page', hello + ended, complete, page),
  plainCase('stream-without-type', 'SSE without a label', hello + ended, complete, { headers: {} }),
  plainCase(
    'captive-portal',
    'HTML with 200 (captive portal)',
    '<!DOCTYPE html><html><head><title>Wi-Fi login</title></head><body><form></form></body></html>',
    notAnApi,
    page,
  ),
  plainCase(
    'just-a-moment',
    '“Just a moment”',
    '<!DOCTYPE html><html lang="en-US"><head><title>Just a moment...</title></head></html>',
    notAnApi,
    page,
  ),
  plainCase('page-as-stream', 'HTML labelled as an event stream', '<html><body>Sign in</body></html>', notAnApi, sse),
  plainCase(
    'page-as-json',
    'HTML labelled as JSON, with blanks and a comment first',
    '\n\n  <!-- login -->\n<html></html>',
    notAnApi,
  ),
  plainCase('page-with-bom', 'HTML behind a byte order mark', '\ufeff<!doctype html><p>Hi', notAnApi, page),
  plainCase(
    'single-page-app',
    'an app’s page for every address (wrong base URL)',
    '<!doctype html>\n<html lang="en"><head><script type="module" src="/assets/index.js"></script></head><body><div id="root"></div></body></html>',
    notAnApi,
    page,
  ),
  plainCase('xml', 'XML', '<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>', notAnApi, {
    headers: { 'content-type': 'application/xml' },
  }),
  plainCase('empty-200', 'empty 200', '', emptyReply),
  plainCase('empty-stream', 'an empty event stream', '', emptyReply, sse),
  plainCase('blank-200', 'blanks only', ' \r\n\n\t', emptyReply, sse),
  plainCase('bom-only', 'a byte order mark only', '\ufeff', emptyReply, sse),
  plainCase('status-204', '204', '', emptyReply, { status: 204, headers: {} }),
  plainCase('status-ok', '`{"status":"ok"}`', '{"status":"ok"}', notAnApi),
  plainCase('empty-object', '`{}`', '{}', notAnApi),
  plainCase('empty-array', '`[]`', '[]', notAnApi),
  plainCase('null', '`null`', 'null', notAnApi),
  plainCase(
    'words',
    'plain words',
    'Ollama is running',
    { ...notAnApi, says: 'Ollama is running' },
    { headers: { 'content-type': 'text/plain' } },
  ),
  plainCase(
    'model-list',
    'the answer of another path',
    '{"object":"list","data":[{"id":"m","object":"model"}]}',
    notAnApi,
  ),
  plainCase('json-message', '200 with a message that is no error of this wire', '{"message":"Welcome"}', {
    ...notAnApi,
    says: 'Welcome',
  }),
  plainCase('json-error', '200 with a JSON error body', '{"error":{"message":"Boom","type":"server_error"}}', {
    text: '',
    ending: 'error',
    failureKind: 'server',
    says: 'Boom',
  }),
  plainCase('json-error-text', '200 with an error that is a bare string', '{"error":"Boom"}', {
    text: '',
    ending: 'error',
    failureKind: 'server',
    says: 'Boom',
  }),
  plainCase('json-error-flat', '200 with a flat error (vLLM)', '{"object":"error","message":"Boom","code":400}', {
    text: '',
    ending: 'error',
    failureKind: 'bad-request',
    says: 'Boom',
  }),
  plainCase(
    'json-error-context',
    '200 and the error’s own status inside (llama.cpp)',
    '{"error":{"code":400,"message":"the request exceeds the available context size. try increasing the context size or enable context shift","type":"exceed_context_size_error","n_prompt_tokens":14429,"n_ctx":8192}}',
    { text: '', ending: 'error', failureKind: 'context-length', says: 'context size' },
  ),
  plainCase('json-error-key', '200 with an error about the key', '{"error":{"message":"Invalid API key"}}', {
    text: '',
    ending: 'error',
    failureKind: 'auth',
    says: 'Invalid API key',
  }),
  plainCase(
    'json-error-array',
    'JSON array without `alt=sse` (Gemini)',
    '[{\n  "error": {\n    "code": 503,\n    "message": "The model is overloaded. Please try again later.",\n    "status": "UNAVAILABLE"\n  }\n}\n]',
    { text: '', ending: 'error', failureKind: 'overloaded', says: 'overloaded' },
  ),
  plainCase(
    'json-error-behind-comment',
    'comments, then a JSON error over many lines',
    `: OPENROUTER PROCESSING\n\n${JSON.stringify({ error: { message: 'Boom', code: 500 } }, null, 2)}\n`,
    { text: '', ending: 'error', failureKind: 'server', says: 'Boom' },
    sse,
  ),
  plainCase(
    'json-error-line',
    'a JSON error as a line behind comments',
    ': hi\n\n{"error":{"message":"Boom","code":500}}\n',
    { text: '', ending: 'error', failureKind: 'server', says: 'Boom' },
    sse,
  ),
  streamCase(
    'anthropic-events',
    'events of another API (Anthropic)',
    typed('message_start', { message: { id: 'x', role: 'assistant', content: [] } }) +
      typed('content_block_delta', { index: 0, delta: { type: 'text_delta', text: 'Hi' } }) +
      typed('message_stop'),
    notAnApi,
  ),
  streamCase(
    'responses-events',
    'events of another API (OpenAI Responses)',
    typed('response.created', { response: { id: 'r', error: null } }) +
      typed('response.output_text.delta', { delta: 'Hi' }),
    notAnApi,
  ),
  streamCase(
    'gemini-events',
    'events of another API (Gemini)',
    event({ candidates: [{ content: { parts: [{ text: 'Hi' }] }, finishReason: 'STOP' }] }).replaceAll('\n', '\r\n'),
    notAnApi,
  ),
  plainCase(
    'gemini-array',
    'a JSON array of another API (Gemini)',
    '[{"candidates":[{"content":{"parts":[{"text":"Hi"}]}}]},\n{"candidates":[]}]',
    notAnApi,
  ),
  plainCase(
    'ollama-lines',
    'NDJSON of another API (Ollama’s own)',
    '{"model":"m","message":{"role":"assistant","content":"Hi"},"done":false}\n{"model":"m","message":{"content":""},"done":true,"done_reason":"stop"}\n',
    notAnApi,
    { headers: { 'content-type': 'application/x-ndjson' } },
  ),
  plainCase(
    'anthropic-reply',
    'a JSON reply of another API (Anthropic)',
    '{"type":"message","role":"assistant","content":[{"type":"text","text":"Hi"}],"stop_reason":"end_turn"}',
    notAnApi,
  ),
  streamCase('foreign-then-done', 'only foreign objects, then the sentinel', event({ type: 'ping' }) + done, {
    text: '',
    ending: 'empty',
  }),
];
