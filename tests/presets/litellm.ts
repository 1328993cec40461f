import { hello, type PresetRecording } from '../support/preset-recording';

export const recording: PresetRecording = {
  source: 'written after https://docs.litellm.ai/docs/reasoning_content',
  model: 'claude-sonnet',
  request: {
    url: 'http://127.0.0.1:4000/v1/chat/completions',
    headers: { 'content-type': 'application/json', authorization: 'Bearer key-1234' },
    body: {
      model: 'claude-sonnet',
      messages: hello,
      stream: true,
      stream_options: { include_usage: true },
      max_tokens: 900,
    },
  },
  reply: String.raw`data: {"id":"chatcmpl-L1","object":"chat.completion.chunk","created":1770770846,"model":"claude-sonnet","choices":[{"index":0,"delta":{"reasoning_content":"A greeting.","thinking_blocks":[{"type":"thinking","thinking":"A greeting.","signature":null}],"role":"assistant","content":""}}]}

data: {"id":"chatcmpl-L1","object":"chat.completion.chunk","created":1770770846,"model":"claude-sonnet","choices":[{"index":0,"delta":{"content":"Hello"}}]}

data: {"id":"chatcmpl-L1","object":"chat.completion.chunk","created":1770770846,"model":"claude-sonnet","choices":[{"index":0,"delta":{"content":" there."}}]}

data: {"id":"chatcmpl-L1","object":"chat.completion.chunk","created":1770770846,"model":"claude-sonnet","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

data: {"id":"chatcmpl-L1","object":"chat.completion.chunk","created":1770770846,"model":"claude-sonnet","choices":[{"index":0,"delta":{}}],"usage":{"prompt_tokens":9,"completion_tokens":30,"total_tokens":39,"completion_tokens_details":{"reasoning_tokens":11},"prompt_tokens_details":{"cached_tokens":0}}}

data: [DONE]

`,
  says: {
    text: 'Hello there.',
    thinking: 'A greeting.',
    served: 'claude-sonnet',
    ending: 'complete',
    usage: { inputTokens: 9, outputTokens: 30, reasoningTokens: 11 },
  },
  models: {
    url: 'http://127.0.0.1:4000/v1/models',
    answer: String.raw`{"object":"list","data":[{"id":"claude-sonnet","object":"model","created":1750000000,"owned_by":"openai"},{"id":"gpt-4.1","object":"model","created":1750000000,"owned_by":"openai"}]}`,
    list: [{ id: 'claude-sonnet' }, { id: 'gpt-4.1' }],
  },
};
