/** The wire of Gemini: https://ai.google.dev/api/generate-content */
import { jsonFailure, type FailureReply } from './demo-failures.ts';
import { listedModels, type ScriptedAnswer } from './demo-models.ts';
import { type ChatRequest, isRecord } from './openai-wire.ts';
import { countTokens, type StreamFrames } from './write-answer.ts';

export const geminiModels = {
  models: listedModels.map((id) => ({
    name: `models/${id}`,
    displayName: id,
    supportedGenerationMethods: ['generateContent', 'countTokens'],
  })),
};

export const noGeminiKey: FailureReply = failure(
  403,
  'PERMISSION_DENIED',
  "Method doesn't allow unregistered callers. Please use API Key or other form of API consumer identity to call this API.",
);

export function readGeminiRequest(model: string, body: unknown): ChatRequest | FailureReply {
  const contents = isRecord(body) ? body['contents'] : undefined;
  if (!Array.isArray(contents) || contents.length === 0) {
    return failure(400, 'INVALID_ARGUMENT', 'GenerateContentRequest.contents: contents is not specified');
  }
  const messages = contents.map((content: unknown) => {
    const { role, parts } = isRecord(content) ? content : {};
    const texts = Array.isArray(parts) ? parts.map((part: unknown) => (isRecord(part) ? part['text'] : '')) : [];
    return { role: role === 'model' ? 'assistant' : String(role), content: texts.join('') };
  });
  return { model, messages, stream: true, includeUsage: true };
}

/** With CRLF, as the service writes. */
export function geminiFrames(request: ChatRequest, script: ScriptedAnswer): StreamFrames {
  const event = (value: object): string => `data: ${JSON.stringify(value)}\r\n\r\n`;
  const chunk = (part: object, candidate: object = {}, fields: object = {}): string =>
    event({
      candidates: [{ content: { parts: [part], role: 'model' }, index: 0, ...candidate }],
      modelVersion: request.model,
      ...fields,
    });
  const usageMetadata = {
    promptTokenCount: countTokens(request),
    candidatesTokenCount: script.tokens.length,
    ...(script.thinking.length > 0 && { thoughtsTokenCount: script.thinking.length }),
  };
  return {
    start: '',
    thinking: (text) => chunk({ text, thought: true }),
    text: (text) => chunk({ text }),
    finish: (reason) =>
      chunk({ text: '' }, { finishReason: reason === 'length' ? 'MAX_TOKENS' : 'STOP' }, { usageMetadata }),
    error: event({ error: { code: 503, message: 'The demo server broke off, as asked.', status: 'UNAVAILABLE' } }),
    end: '',
  };
}

function failure(code: number, status: string, message: string): FailureReply {
  return jsonFailure(code, { error: { code, message, status } });
}
