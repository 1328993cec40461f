/** The OpenAI wire: https://platform.openai.com/docs/api-reference/chat */
import { demoNotice } from './demo-answers.ts';
import { jsonFailure, type FailureReply } from './demo-failures.ts';
import { listedModels, type ChatMessage, type ScriptedAnswer } from './demo-models.ts';
import { countTokens, type StreamFrames } from './write-answer.ts';

export interface ChatRequest {
  readonly model: string;
  readonly messages: readonly ChatMessage[];
  readonly stream: boolean;
  readonly includeUsage: boolean;
}

export const modelsList = {
  object: 'list',
  data: listedModels.map((id) => ({ id, object: 'model', created: 1_700_000_000, owned_by: demoNotice })),
};

/** The request, or the 400 that a real server answers to a body it can't read. */
export function readChatRequest(body: unknown): ChatRequest | FailureReply {
  if (!isRecord(body)) return badRequest('We could not parse the JSON body of your request.');
  const { model, messages, stream, stream_options: streamOptions } = body;
  if (typeof model !== 'string' || model === '') return badRequest('you must provide a model parameter');
  if (!isMessages(messages))
    return badRequest("'messages' must be a list of one or more objects with role and content");
  return {
    model,
    messages,
    stream: stream === true,
    includeUsage: isRecord(streamOptions) && streamOptions['include_usage'] === true,
  };
}

export function openAiFrames(request: ChatRequest, script: ScriptedAnswer): StreamFrames {
  const chunk = (choices: unknown[], more: object = {}): string =>
    `data: ${JSON.stringify({ id: 'chatcmpl-demo', object: 'chat.completion.chunk', created: 1_700_000_000, model: request.model, choices, ...more })}\n\n`;
  const delta = (content: object, finishReason: string | null = null): string =>
    chunk([{ index: 0, delta: content, finish_reason: finishReason }]);
  return {
    start: delta({ role: 'assistant', content: '' }),
    thinking: (text) => delta({ reasoning_content: text }),
    text: (text) => delta({ content: text }),
    finish: (reason) =>
      delta({}, reason) + (request.includeUsage ? chunk([], { usage: usageOf(request, script) }) : ''),
    error: `data: ${JSON.stringify({ error: { message: 'The demo server broke off, as asked.', type: 'server_error', code: null } })}\n\n`,
    end: 'data: [DONE]\n\n',
  };
}

/** The same answer as one JSON reply. */
export function openAiReply(request: ChatRequest, script: ScriptedAnswer): unknown {
  return {
    id: 'chatcmpl-demo',
    object: 'chat.completion',
    created: 1_700_000_000,
    model: request.model,
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: script.tokens.join(''),
          ...(script.thinking.length > 0 ? { reasoning_content: script.thinking.join('') } : {}),
        },
        finish_reason: script.ending === 'length' ? 'length' : 'stop',
      },
    ],
    usage: usageOf(request, script),
  };
}

function usageOf(request: ChatRequest, script: ScriptedAnswer): object {
  const promptTokens = countTokens(request);
  const completionTokens = script.thinking.length + script.tokens.length;
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
    ...(script.thinking.length > 0 ? { completion_tokens_details: { reasoning_tokens: script.thinking.length } } : {}),
  };
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isMessages(value: unknown): value is readonly ChatMessage[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((message) => isRecord(message) && typeof message['role'] === 'string' && 'content' in message)
  );
}

function badRequest(message: string): FailureReply {
  return jsonFailure(400, { error: { message, type: 'invalid_request_error', param: null, code: null } });
}
