import { hello, type PresetRecording } from '../support/preset-recording';

export const recording: PresetRecording = {
  source: 'github.com/vercel/ai, Apache-2.0, packages/openai/src/chat/__fixtures__, shortened',
  model: 'gpt-4.1',
  request: {
    url: 'https://api.openai.com/v1/chat/completions',
    headers: { 'content-type': 'application/json', authorization: 'Bearer key-1234' },
    body: {
      model: 'gpt-4.1',
      messages: hello,
      stream: true,
      stream_options: { include_usage: true },
      max_completion_tokens: 900,
    },
  },
  reply: String.raw`data: {"id":"chatcmpl-CYPS1lijGoK8gd9lYzY3r9Sx50nbt","object":"chat.completion.chunk","created":1770770846,"model":"gpt-4.1-2025-04-14","service_tier":"default","system_fingerprint":"fp_1","choices":[{"index":0,"delta":{"role":"assistant","content":"","refusal":null},"finish_reason":null}],"usage":null}

data: {"id":"chatcmpl-CYPS1lijGoK8gd9lYzY3r9Sx50nbt","object":"chat.completion.chunk","created":1770770846,"model":"gpt-4.1-2025-04-14","service_tier":"default","system_fingerprint":"fp_1","choices":[{"index":0,"delta":{"content":"Hello"},"finish_reason":null}],"usage":null}

data: {"id":"chatcmpl-CYPS1lijGoK8gd9lYzY3r9Sx50nbt","object":"chat.completion.chunk","created":1770770846,"model":"gpt-4.1-2025-04-14","service_tier":"default","system_fingerprint":"fp_1","choices":[{"index":0,"delta":{"content":" there."},"finish_reason":null}],"usage":null}

data: {"id":"chatcmpl-CYPS1lijGoK8gd9lYzY3r9Sx50nbt","object":"chat.completion.chunk","created":1770770846,"model":"gpt-4.1-2025-04-14","service_tier":"default","system_fingerprint":"fp_1","choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":null}

data: {"id":"chatcmpl-CYPS1lijGoK8gd9lYzY3r9Sx50nbt","object":"chat.completion.chunk","created":1770770846,"model":"gpt-4.1-2025-04-14","service_tier":"default","system_fingerprint":"fp_1","choices":[],"usage":{"prompt_tokens":12,"completion_tokens":3,"total_tokens":15,"completion_tokens_details":{"reasoning_tokens":0}}}

data: [DONE]

`,
  says: {
    text: 'Hello there.',
    thinking: '',
    served: 'gpt-4.1-2025-04-14',
    ending: 'complete',
    usage: { inputTokens: 12, outputTokens: 3, reasoningTokens: 0 },
  },
  models: {
    url: 'https://api.openai.com/v1/models',
    answer: String.raw`{"object":"list","data":[{"id":"gpt-4.1","object":"model","created":1750000000,"owned_by":"system"},{"id":"text-embedding-3-small","object":"model","created":1750000000,"owned_by":"system"},{"id":"gpt-4.1-mini","object":"model","created":1750000000,"owned_by":"system"}]}`,
    list: [{ id: 'gpt-4.1' }, { id: 'gpt-4.1-mini' }, { id: 'text-embedding-3-small' }],
  },
};
