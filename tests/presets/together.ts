import { hello, type PresetRecording } from '../support/preset-recording';

export const recording: PresetRecording = {
  source: 'written after https://docs.together.ai/reference/chat-completions-1',
  model: 'openai/gpt-oss-20b',
  request: {
    url: 'https://api.together.ai/v1/chat/completions',
    headers: { 'content-type': 'application/json', authorization: 'Bearer key-1234' },
    body: {
      model: 'openai/gpt-oss-20b',
      messages: hello,
      stream: true,
      stream_options: { include_usage: true },
      max_tokens: 900,
    },
  },
  reply: String.raw`data: {"id":"oQ1-4yUhcy","object":"chat.completion.chunk","created":1770770846,"model":"openai/gpt-oss-20b","choices":[{"index":0,"delta":{"role":"assistant","content":"","reasoning":"A greeting.","tool_calls":[]},"finish_reason":null,"text":""}],"usage":null}

data: {"id":"oQ1-4yUhcy","object":"chat.completion.chunk","created":1770770846,"model":"openai/gpt-oss-20b","choices":[{"index":0,"delta":{"role":"assistant","content":"Hello","token_id":13225},"finish_reason":null,"text":"Hello"}],"usage":null}

data: {"id":"oQ1-4yUhcy","object":"chat.completion.chunk","created":1770770846,"model":"openai/gpt-oss-20b","choices":[{"index":0,"delta":{"role":"assistant","content":" there.","token_id":1354},"finish_reason":null,"text":" there."}],"usage":null}

data: {"id":"oQ1-4yUhcy","object":"chat.completion.chunk","created":1770770846,"model":"openai/gpt-oss-20b","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":"stop","text":"","seed":7}],"usage":{"prompt_tokens":68,"completion_tokens":23,"total_tokens":91,"cached_tokens":0}}

data: [DONE]

`,
  says: {
    text: 'Hello there.',
    thinking: 'A greeting.',
    served: 'openai/gpt-oss-20b',
    ending: 'complete',
    usage: { inputTokens: 68, outputTokens: 23 },
  },
  models: {
    url: 'https://api.together.ai/v1/models',
    answer: String.raw`[{"id":"openai/gpt-oss-20b","object":"model","created":0,"type":"chat","display_name":"OpenAI GPT-OSS 20B","context_length":131072},{"id":"black-forest-labs/FLUX.1-schnell","object":"model","created":0,"type":"image","display_name":"FLUX.1 Schnell"}]`,
    list: [
      { id: 'black-forest-labs/FLUX.1-schnell', label: 'FLUX.1 Schnell' },
      { id: 'openai/gpt-oss-20b', label: 'OpenAI GPT-OSS 20B' },
    ],
  },
};
