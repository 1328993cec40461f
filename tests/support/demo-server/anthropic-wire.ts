/** The wire of Anthropic's Messages: https://platform.claude.com/docs/en/api/messages */
import type { IncomingHttpHeaders } from 'node:http';
import { jsonFailure, type FailureReply } from './demo-failures.ts';
import { listedModels, type ScriptedAnswer } from './demo-models.ts';
import { type ChatRequest, isMessages, isRecord } from './openai-wire.ts';
import { countTokens, type StreamFrames } from './write-answer.ts';

export const anthropicModels = {
  data: listedModels.map((id) => ({ type: 'model', id, display_name: id, created_at: '2026-01-01T00:00:00Z' })),
  has_more: false,
};

/** What is wrong with the headers, as the service says it. */
export function refuseAnthropicHeaders(headers: IncomingHttpHeaders): FailureReply | undefined {
  if (!/^demo-key-./.test(String(headers['x-api-key'] ?? ''))) {
    return failure(401, 'authentication_error', 'x-api-key header is required');
  }
  if (headers['anthropic-version'] === undefined) {
    return failure(400, 'invalid_request_error', 'anthropic-version: header is required');
  }
  if (headers.origin !== undefined && headers['anthropic-dangerous-direct-browser-access'] !== 'true') {
    return failure(401, 'authentication_error', 'CORS requests must set a header of their own');
  }
  return undefined;
}

export function readAnthropicRequest(body: unknown): ChatRequest | FailureReply {
  if (!isRecord(body)) return failure(400, 'invalid_request_error', 'The request body is not valid JSON.');
  const { model, messages, stream, max_tokens: maxTokens } = body;
  if (typeof model !== 'string') return failure(400, 'invalid_request_error', 'model: Field required');
  if (typeof maxTokens !== 'number') return failure(400, 'invalid_request_error', 'max_tokens: Field required');
  if (!isMessages(messages) || messages.some(({ content }) => content === '')) {
    return failure(400, 'invalid_request_error', 'messages: text content blocks must be non-empty');
  }
  return { model, messages, stream: stream === true, includeUsage: true };
}

export function anthropicFrames(request: ChatRequest, script: ScriptedAnswer): StreamFrames {
  const event = (type: string, fields: object = {}): string =>
    `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`;
  const block = (index: number, content: object): string =>
    event('content_block_start', { index, content_block: content });
  const delta = (index: number, fields: object): string => event('content_block_delta', { index, delta: fields });
  const stop = (index: number): string => event('content_block_stop', { index });
  const thinks = script.thinking.length > 0;
  const place = thinks ? 1 : 0;
  const message = { id: 'msg_demo', type: 'message', role: 'assistant', model: request.model, content: [] };
  let isTextOpen = false;
  return {
    start:
      event('message_start', {
        message: { ...message, usage: { input_tokens: countTokens(request), output_tokens: 1 } },
      }) +
      event('ping') +
      (thinks ? block(0, { type: 'thinking', thinking: '', signature: '' }) : ''),
    thinking: (text) => delta(0, { type: 'thinking_delta', thinking: text }),
    text: (text) => {
      const before = isTextOpen ? '' : (thinks ? stop(0) : '') + block(place, { type: 'text', text: '' });
      isTextOpen = true;
      return before + delta(place, { type: 'text_delta', text });
    },
    finish: (reason) =>
      (isTextOpen ? stop(place) : '') +
      event('message_delta', {
        delta: { stop_reason: reason === 'length' ? 'max_tokens' : 'end_turn', stop_sequence: null },
        usage: { output_tokens: script.thinking.length + script.tokens.length },
      }),
    error: event('error', { error: { type: 'overloaded_error', message: 'The demo server broke off, as asked.' } }),
    end: event('message_stop'),
  };
}

function failure(status: number, type: string, message: string): FailureReply {
  return jsonFailure(status, { type: 'error', error: { type, message }, request_id: 'req_demo' });
}
