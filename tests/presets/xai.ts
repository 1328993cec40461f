import { hello, type PresetRecording } from '../support/preset-recording';

export const recording: PresetRecording = {
  source: 'github.com/vercel/ai, Apache-2.0, packages/xai/src/__fixtures__/xai-text.chunks.txt, shortened',
  model: 'grok-3-mini',
  request: {
    url: 'https://api.x.ai/v1/chat/completions',
    headers: { 'content-type': 'application/json', authorization: 'Bearer key-1234' },
    body: {
      model: 'grok-3-mini',
      messages: hello,
      stream: true,
      stream_options: { include_usage: true },
      max_tokens: 900,
    },
  },
  reply: String.raw`data: {"id":"7327b9f5-1c2f-0a15-3fef-c14a71c460d3","object":"chat.completion.chunk","created":1770770846,"model":"grok-3-mini","choices":[{"index":0,"delta":{"reasoning_content":"First, ","role":"assistant"}}],"system_fingerprint":"fp_2a885414fb"}

data: {"id":"7327b9f5-1c2f-0a15-3fef-c14a71c460d3","object":"chat.completion.chunk","created":1770770846,"model":"grok-3-mini","choices":[{"index":0,"delta":{"reasoning_content":"the user said"}}],"system_fingerprint":"fp_2a885414fb"}

data: {"id":"7327b9f5-1c2f-0a15-3fef-c14a71c460d3","object":"chat.completion.chunk","created":1770770846,"model":"grok-3-mini","choices":[{"index":0,"delta":{"content":"Hello"}}],"system_fingerprint":"fp_2a885414fb"}

data: {"id":"7327b9f5-1c2f-0a15-3fef-c14a71c460d3","object":"chat.completion.chunk","created":1770770846,"model":"grok-3-mini","choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"system_fingerprint":"fp_2a885414fb"}

data: {"id":"7327b9f5-1c2f-0a15-3fef-c14a71c460d3","object":"chat.completion.chunk","created":1770770846,"model":"grok-3-mini","choices":[],"usage":{"prompt_tokens":12,"completion_tokens":1,"total_tokens":13,"completion_tokens_details":{"reasoning_tokens":290},"num_sources_used":0,"cost_in_usd_ticks":1466250},"system_fingerprint":"fp_2a885414fb"}

data: [DONE]

`,
  says: {
    text: 'Hello',
    thinking: 'First, the user said',
    served: 'grok-3-mini',
    ending: 'complete',
    usage: { inputTokens: 12, outputTokens: 1, reasoningTokens: 290 },
  },
  models: {
    url: 'https://api.x.ai/v1/models',
    answer: String.raw`{"object":"list","data":[{"id":"grok-4","object":"model","created":1750000000,"owned_by":"xai"},{"id":"grok-3-mini","object":"model","created":1750000000,"owned_by":"xai"}]}`,
    list: [{ id: 'grok-3-mini' }, { id: 'grok-4' }],
  },
};
