import { hello, type PresetRecording } from '../support/preset-recording';

export const recording: PresetRecording = {
  source: 'written after https://huggingface.co/docs/inference-providers/tasks/chat-completion',
  model: 'zai-org/GLM-4.5',
  request: {
    url: 'https://router.huggingface.co/v1/chat/completions',
    headers: { 'content-type': 'application/json', authorization: 'Bearer key-1234' },
    body: {
      model: 'zai-org/GLM-4.5',
      messages: hello,
      stream: true,
      stream_options: { include_usage: true },
      max_tokens: 900,
    },
  },
  reply: String.raw`data: {"id":"1a2b","object":"chat.completion.chunk","created":1770770846,"model":"zai-org/GLM-4.5","choices":[{"index":0,"delta":{"role":"assistant","content":"","reasoning_content":"A greeting."},"finish_reason":null}]}

data: {"id":"1a2b","object":"chat.completion.chunk","created":1770770846,"model":"zai-org/GLM-4.5","choices":[{"index":0,"delta":{"role":"assistant","content":"Hello"},"finish_reason":null}]}

data: {"id":"1a2b","object":"chat.completion.chunk","created":1770770846,"model":"zai-org/GLM-4.5","choices":[{"index":0,"delta":{"role":"assistant","content":" there."},"finish_reason":null}]}

data: {"id":"1a2b","object":"chat.completion.chunk","created":1770770846,"model":"zai-org/GLM-4.5","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

data: {"id":"1a2b","object":"chat.completion.chunk","created":1770770846,"model":"zai-org/GLM-4.5","choices":[],"usage":{"prompt_tokens":11,"completion_tokens":27,"total_tokens":38}}

data: [DONE]

`,
  says: {
    text: 'Hello there.',
    thinking: 'A greeting.',
    served: 'zai-org/GLM-4.5',
    ending: 'complete',
    usage: { inputTokens: 11, outputTokens: 27 },
  },
  models: {
    url: 'https://router.huggingface.co/v1/models',
    answer: String.raw`{"object":"list","data":[{"id":"zai-org/GLM-4.5","object":"model","created":1750000000,"owned_by":"zai-org","providers":[{"provider":"novita","status":"live"}]},{"id":"openai/gpt-oss-20b","object":"model","created":1750000000,"owned_by":"openai","providers":[{"provider":"groq","status":"live"}]}]}`,
    list: [{ id: 'openai/gpt-oss-20b' }, { id: 'zai-org/GLM-4.5' }],
  },
};
