/** Ollama's own wire: https://docs.ollama.com/api/chat */
import { jsonFailure, type FailureReply } from './demo-failures.ts';
import { listedModels, type ScriptedAnswer } from './demo-models.ts';
import { type ChatRequest, isMessages, isRecord } from './openai-wire.ts';
import { countTokens, type StreamFrames } from './write-answer.ts';

/** `pulled`: those that were downloaded, newest last. */
export function ollamaModels(pulled: readonly string[]): object {
  return { models: [...listedModels, ...pulled].map((id) => ({ name: id, model: id, size: 1 })) };
}

/** It streams unless it is told not to. */
export function readOllamaRequest(body: unknown): ChatRequest | FailureReply {
  if (!isRecord(body)) return jsonFailure(400, { error: 'missing request body' });
  const { model, messages, stream } = body;
  if (typeof model !== 'string' || model === '') return jsonFailure(400, { error: 'model is required' });
  if (!isMessages(messages)) return jsonFailure(400, { error: 'messages are required' });
  return { model, messages, stream: stream !== false, includeUsage: true };
}

export function ollamaFrames(request: ChatRequest, script: ScriptedAnswer): StreamFrames {
  const line = (message: object, fields: object): string =>
    `${JSON.stringify({
      model: request.model,
      created_at: '2026-01-01T00:00:00Z',
      message: { role: 'assistant', content: '', ...message },
      ...fields,
    })}\n`;
  return {
    contentType: 'application/x-ndjson',
    start: '',
    thinking: (text) => line({ thinking: text }, { done: false }),
    text: (text) => line({ content: text }, { done: false }),
    finish: (reason) =>
      line(
        {},
        {
          done: true,
          done_reason: reason,
          prompt_eval_count: countTokens(request),
          eval_count: script.thinking.length + script.tokens.length,
        },
      ),
    error: `${JSON.stringify({ error: 'The demo server broke off, as asked.' })}\n`,
    end: '',
  };
}
