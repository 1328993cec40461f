import { hello, type PresetRecording } from '../support/preset-recording';

export const recording: PresetRecording = {
  source: 'written after https://lmstudio.ai/docs/developer/openai-compat/chat-completions',
  model: 'qwen/qwen3-4b',
  request: {
    url: 'http://127.0.0.1:1234/v1/chat/completions',
    headers: { 'content-type': 'application/json', authorization: 'Bearer key-1234' },
    body: {
      model: 'qwen/qwen3-4b',
      messages: hello,
      stream: true,
      stream_options: { include_usage: true },
      max_tokens: 900,
    },
  },
  reply: String.raw`data: {"id":"chatcmpl-jw","object":"chat.completion.chunk","created":1770770846,"model":"qwen/qwen3-4b","system_fingerprint":"qwen/qwen3-4b","choices":[{"index":0,"delta":{"role":"assistant","reasoning_content":"A greeting."},"finish_reason":null,"logprobs":null}]}

data: {"id":"chatcmpl-jw","object":"chat.completion.chunk","created":1770770846,"model":"qwen/qwen3-4b","system_fingerprint":"qwen/qwen3-4b","choices":[{"index":0,"delta":{"role":"assistant","content":"Hello"},"finish_reason":null,"logprobs":null}]}

data: {"id":"chatcmpl-jw","object":"chat.completion.chunk","created":1770770846,"model":"qwen/qwen3-4b","system_fingerprint":"qwen/qwen3-4b","choices":[{"index":0,"delta":{"content":" there."},"finish_reason":null,"logprobs":null}]}

data: {"id":"chatcmpl-jw","object":"chat.completion.chunk","created":1770770846,"model":"qwen/qwen3-4b","system_fingerprint":"qwen/qwen3-4b","choices":[{"index":0,"delta":{},"finish_reason":"stop","logprobs":null}]}

data: {"id":"chatcmpl-jw","object":"chat.completion.chunk","created":1770770846,"model":"qwen/qwen3-4b","system_fingerprint":"qwen/qwen3-4b","choices":[],"usage":{"prompt_tokens":10,"completion_tokens":20,"total_tokens":30,"completion_tokens_details":{"reasoning_tokens":8}}}

data: [DONE]

`,
  says: {
    text: 'Hello there.',
    thinking: 'A greeting.',
    served: 'qwen/qwen3-4b',
    ending: 'complete',
    usage: { inputTokens: 10, outputTokens: 20, reasoningTokens: 8 },
  },
  models: {
    url: 'http://127.0.0.1:1234/v1/models',
    answer: String.raw`{"object":"list","data":[{"id":"qwen/qwen3-4b","object":"model","owned_by":"organization_owner"},{"id":"text-embedding-nomic-embed-text-v1.5","object":"model","owned_by":"organization_owner"}]}`,
    list: [{ id: 'qwen/qwen3-4b' }, { id: 'text-embedding-nomic-embed-text-v1.5' }],
  },
};
