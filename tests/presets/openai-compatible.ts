import { hello, type PresetRecording } from '../support/preset-recording';

export const recording: PresetRecording = {
  source: 'written after https://platform.openai.com/docs/api-reference/chat-streaming',
  model: 'some-model',
  baseUrl: 'https://gateway.example.com/v1',
  request: {
    url: 'https://gateway.example.com/v1/chat/completions',
    headers: { 'content-type': 'application/json', authorization: 'Bearer key-1234' },
    body: {
      model: 'some-model',
      messages: hello,
      stream: true,
      stream_options: { include_usage: true },
      max_tokens: 900,
    },
  },
  reply: String.raw`data: {"id":"c1","object":"chat.completion.chunk","created":1770770846,"model":"some-model","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}

data: {"id":"c1","object":"chat.completion.chunk","created":1770770846,"model":"some-model","choices":[{"index":0,"delta":{"content":"<think>A greeting.</think>Hello"},"finish_reason":null}]}

data: {"id":"c1","object":"chat.completion.chunk","created":1770770846,"model":"some-model","choices":[{"index":0,"delta":{"content":" there."},"finish_reason":null}]}

data: {"id":"c1","object":"chat.completion.chunk","created":1770770846,"model":"some-model","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

data: {"id":"c1","object":"chat.completion.chunk","created":1770770846,"model":"some-model","choices":[],"usage":{"prompt_tokens":9,"completion_tokens":3,"total_tokens":12}}

data: [DONE]

`,
  says: {
    text: 'Hello there.',
    thinking: 'A greeting.',
    served: 'some-model',
    ending: 'complete',
    usage: { inputTokens: 9, outputTokens: 3 },
  },
  models: {
    url: 'https://gateway.example.com/v1/models',
    answer: String.raw`{"object":"list","data":[{"id":"some-model","object":"model","created":1750000000}]}`,
    list: [{ id: 'some-model' }],
  },
};
