import { hello, type PresetRecording } from '../support/preset-recording';

export const recording: PresetRecording = {
  source: 'written after https://vercel.com/docs/ai-gateway/sdks-and-apis/openai-chat-completions',
  model: 'anthropic/claude-sonnet-4.5',
  request: {
    url: 'https://ai-gateway.vercel.sh/v1/chat/completions',
    headers: { 'content-type': 'application/json', authorization: 'Bearer key-1234' },
    body: {
      model: 'anthropic/claude-sonnet-4.5',
      messages: hello,
      stream: true,
      stream_options: { include_usage: true },
      max_tokens: 900,
    },
  },
  reply: String.raw`data: {"id":"gen_01","object":"chat.completion.chunk","created":1770770846,"model":"anthropic/claude-sonnet-4.5","choices":[{"index":0,"delta":{"role":"assistant"},"finish_reason":null}]}

data: {"id":"gen_01","object":"chat.completion.chunk","created":1770770846,"model":"anthropic/claude-sonnet-4.5","choices":[{"index":0,"delta":{"reasoning":"A greeting.","reasoning_details":[{"type":"reasoning.text","text":"A greeting.","format":"anthropic-claude-v1","index":0}]},"finish_reason":null}]}

data: {"id":"gen_01","object":"chat.completion.chunk","created":1770770846,"model":"anthropic/claude-sonnet-4.5","choices":[{"index":0,"delta":{"content":"Hello"},"finish_reason":null}]}

data: {"id":"gen_01","object":"chat.completion.chunk","created":1770770846,"model":"anthropic/claude-sonnet-4.5","choices":[{"index":0,"delta":{"content":" there."},"finish_reason":null}]}

data: {"id":"gen_01","object":"chat.completion.chunk","created":1770770846,"model":"anthropic/claude-sonnet-4.5","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

data: {"id":"gen_01","object":"chat.completion.chunk","created":1770770846,"model":"anthropic/claude-sonnet-4.5","choices":[],"usage":{"prompt_tokens":9,"completion_tokens":25,"total_tokens":34,"cost":0.0004}}

data: [DONE]

`,
  says: {
    text: 'Hello there.',
    thinking: 'A greeting.',
    served: 'anthropic/claude-sonnet-4.5',
    ending: 'complete',
    usage: { inputTokens: 9, outputTokens: 25 },
  },
  models: {
    url: 'https://ai-gateway.vercel.sh/v1/models',
    answer: String.raw`{"object":"list","data":[{"id":"anthropic/claude-sonnet-4.5","object":"model","created":1750000000,"owned_by":"anthropic","name":"Claude Sonnet 4.5","type":"language","context_window":200000},{"id":"openai/text-embedding-3-small","object":"model","created":1750000000,"owned_by":"openai","name":"text-embedding-3-small","type":"embedding"}]}`,
    list: [
      { id: 'anthropic/claude-sonnet-4.5', label: 'Claude Sonnet 4.5' },
      { id: 'openai/text-embedding-3-small', label: 'text-embedding-3-small' },
    ],
  },
};
