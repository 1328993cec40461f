import { hello, type PresetRecording } from '../support/preset-recording';

export const recording: PresetRecording = {
  source: 'written after https://www.jan.ai/docs/desktop/api-server (a llama.cpp server answers)',
  model: 'Qwen3-4B-Instruct',
  request: {
    url: 'http://127.0.0.1:1337/v1/chat/completions',
    headers: { 'content-type': 'application/json', authorization: 'Bearer key-1234' },
    body: {
      model: 'Qwen3-4B-Instruct',
      messages: hello,
      stream: true,
      stream_options: { include_usage: true },
      max_tokens: 900,
    },
  },
  reply: String.raw`data: {"id":"chatcmpl-Jn","object":"chat.completion.chunk","created":1770770846,"model":"Qwen3-4B-Instruct","system_fingerprint":"b6550-1","choices":[{"index":0,"delta":{"role":"assistant","content":null},"finish_reason":null}]}

data: {"id":"chatcmpl-Jn","object":"chat.completion.chunk","created":1770770846,"model":"Qwen3-4B-Instruct","system_fingerprint":"b6550-1","choices":[{"index":0,"delta":{"content":"Hello"},"finish_reason":null}]}

data: {"id":"chatcmpl-Jn","object":"chat.completion.chunk","created":1770770846,"model":"Qwen3-4B-Instruct","system_fingerprint":"b6550-1","choices":[{"index":0,"delta":{"content":" there."},"finish_reason":null}]}

data: {"id":"chatcmpl-Jn","object":"chat.completion.chunk","created":1770770846,"model":"Qwen3-4B-Instruct","system_fingerprint":"b6550-1","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

data: {"id":"chatcmpl-Jn","object":"chat.completion.chunk","created":1770770846,"model":"Qwen3-4B-Instruct","system_fingerprint":"b6550-1","choices":[],"usage":{"prompt_tokens":12,"completion_tokens":4,"total_tokens":16}}

data: [DONE]

`,
  says: {
    text: 'Hello there.',
    thinking: '',
    served: 'Qwen3-4B-Instruct',
    ending: 'complete',
    usage: { inputTokens: 12, outputTokens: 4 },
  },
  models: {
    url: 'http://127.0.0.1:1337/v1/models',
    answer: String.raw`{"object":"list","data":[{"id":"Qwen3-4B-Instruct","object":"model","created":1750000000,"owned_by":"user","status":"downloaded"},{"id":"jan-v1-4b","object":"model","created":1750000000,"owned_by":"user"}]}`,
    list: [{ id: 'jan-v1-4b' }, { id: 'Qwen3-4B-Instruct' }],
  },
};
