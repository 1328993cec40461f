import { type PresetRecording } from '../support/preset-recording';

export const recording: PresetRecording = {
  source: 'github.com/vercel/ai, Apache-2.0, packages/google/src/__fixtures__, shortened',
  model: 'gemini-2.5-flash',
  request: {
    url: 'https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse',
    headers: { 'content-type': 'application/json', 'x-goog-api-key': 'key-1234' },
    body: {
      contents: [{ role: 'user', parts: [{ text: 'Hello?' }] }],
      generationConfig: { maxOutputTokens: 900, thinkingConfig: { includeThoughts: true } },
    },
  },
  reply:
    String.raw`data: {"candidates":[{"content":{"parts":[{"text":"A greeting.","thought":true}],"role":"model"},"index":0}],"usageMetadata":{"promptTokenCount":4,"totalTokenCount":20,"thoughtsTokenCount":16},"modelVersion":"gemini-2.5-flash","responseId":"abc"}

data: {"candidates":[{"content":{"parts":[{"text":"Hello"}],"role":"model"},"index":0}],"usageMetadata":{"promptTokenCount":4,"candidatesTokenCount":1,"totalTokenCount":21,"thoughtsTokenCount":16},"modelVersion":"gemini-2.5-flash","responseId":"abc"}

data: {"candidates":[{"content":{"parts":[{"text":" there."}],"role":"model"},"finishReason":"STOP","index":0}],"usageMetadata":{"promptTokenCount":4,"candidatesTokenCount":3,"totalTokenCount":23,"thoughtsTokenCount":16},"modelVersion":"gemini-2.5-flash","responseId":"abc"}

`.replaceAll('\n', '\r\n'),
  says: {
    text: 'Hello there.',
    thinking: 'A greeting.',
    served: 'gemini-2.5-flash',
    ending: 'complete',
    usage: { inputTokens: 4, outputTokens: 19, reasoningTokens: 16 },
  },
  models: {
    url: 'https://generativelanguage.googleapis.com/v1beta/models?pageSize=1000',
    answer: String.raw`{"models":[{"name":"models/gemini-2.5-flash","displayName":"Gemini 2.5 Flash","supportedGenerationMethods":["generateContent","countTokens"]},{"name":"models/embedding-001","displayName":"Embedding 001","supportedGenerationMethods":["embedContent"]}]}`,
    list: [{ id: 'gemini-2.5-flash', label: 'Gemini 2.5 Flash' }],
  },
};
