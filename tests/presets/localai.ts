import { hello, type PresetRecording } from '../support/preset-recording';

export const recording: PresetRecording = {
  source: 'written after https://localai.io/features/openai-functions/ and core/schema/openai.go of mudler/LocalAI',
  model: 'gemma-3-4b-it',
  request: {
    url: 'http://127.0.0.1:8080/v1/chat/completions',
    headers: { 'content-type': 'application/json', authorization: 'Bearer key-1234' },
    body: {
      model: 'gemma-3-4b-it',
      messages: hello,
      stream: true,
      stream_options: { include_usage: true },
      max_tokens: 900,
    },
  },
  reply: String.raw`data: {"created":1770770846,"object":"chat.completion.chunk","id":"5a1c","model":"gemma-3-4b-it","choices":[{"index":0,"delta":{"role":"assistant","content":null},"finish_reason":null}]}

data: {"created":1770770846,"object":"chat.completion.chunk","id":"5a1c","model":"gemma-3-4b-it","choices":[{"index":0,"delta":{"content":"Hello"},"finish_reason":null}]}

data: {"created":1770770846,"object":"chat.completion.chunk","id":"5a1c","model":"gemma-3-4b-it","choices":[{"index":0,"delta":{"content":" there."},"finish_reason":null}]}

data: {"created":1770770846,"object":"chat.completion.chunk","id":"5a1c","model":"gemma-3-4b-it","choices":[{"index":0,"delta":{"content":""},"finish_reason":"stop"}]}

data: {"created":1770770846,"object":"chat.completion.chunk","id":"5a1c","model":"gemma-3-4b-it","choices":[],"usage":{"prompt_tokens":13,"completion_tokens":5,"total_tokens":18}}

data: [DONE]

`,
  says: {
    text: 'Hello there.',
    thinking: '',
    served: 'gemma-3-4b-it',
    ending: 'complete',
    usage: { inputTokens: 13, outputTokens: 5 },
  },
  models: {
    url: 'http://127.0.0.1:8080/v1/models',
    answer: String.raw`{"object":"list","data":[{"id":"gemma-3-4b-it","object":"model"},{"id":"whisper-1","object":"model"}]}`,
    list: [{ id: 'gemma-3-4b-it' }, { id: 'whisper-1' }],
  },
};
