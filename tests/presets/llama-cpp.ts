import { hello, type PresetRecording } from '../support/preset-recording';

export const recording: PresetRecording = {
  source: 'written after https://github.com/ggml-org/llama.cpp/blob/master/tools/server/server.cpp',
  model: 'qwen3-4b-q4_k_m.gguf',
  request: {
    url: 'http://127.0.0.1:8080/v1/chat/completions',
    headers: { 'content-type': 'application/json', authorization: 'Bearer key-1234' },
    body: {
      model: 'qwen3-4b-q4_k_m.gguf',
      messages: hello,
      stream: true,
      stream_options: { include_usage: true },
      max_tokens: 900,
    },
  },
  reply: String.raw`data: {"choices":[{"finish_reason":null,"index":0,"delta":{"role":"assistant","content":null}}],"id":"chatcmpl-Ow","object":"chat.completion.chunk","created":1770770846,"model":"qwen3-4b-q4_k_m.gguf","system_fingerprint":"b6550-1"}

data: {"choices":[{"finish_reason":null,"index":0,"delta":{"reasoning_content":"A greeting."}}],"id":"chatcmpl-Ow","object":"chat.completion.chunk","created":1770770846,"model":"qwen3-4b-q4_k_m.gguf","system_fingerprint":"b6550-1"}

data: {"choices":[{"finish_reason":null,"index":0,"delta":{"content":"Hello"}}],"id":"chatcmpl-Ow","object":"chat.completion.chunk","created":1770770846,"model":"qwen3-4b-q4_k_m.gguf","system_fingerprint":"b6550-1"}

data: {"choices":[{"finish_reason":null,"index":0,"delta":{"content":" there."}}],"id":"chatcmpl-Ow","object":"chat.completion.chunk","created":1770770846,"model":"qwen3-4b-q4_k_m.gguf","system_fingerprint":"b6550-1"}

data: {"choices":[{"finish_reason":"stop","index":0,"delta":{}}],"id":"chatcmpl-Ow","object":"chat.completion.chunk","created":1770770846,"model":"qwen3-4b-q4_k_m.gguf","system_fingerprint":"b6550-1"}

data: {"choices":[],"id":"chatcmpl-Ow","object":"chat.completion.chunk","created":1770770846,"model":"qwen3-4b-q4_k_m.gguf","system_fingerprint":"b6550-1","usage":{"prompt_tokens":12,"completion_tokens":22,"total_tokens":34},"timings":{"prompt_n":12,"prompt_ms":80.1,"predicted_n":22,"predicted_ms":900.4,"predicted_per_second":24.4}}

data: [DONE]

`,
  says: {
    text: 'Hello there.',
    thinking: 'A greeting.',
    served: 'qwen3-4b-q4_k_m.gguf',
    ending: 'complete',
    usage: { inputTokens: 12, outputTokens: 22 },
  },
  models: {
    url: 'http://127.0.0.1:8080/v1/models',
    answer: String.raw`{"models":[{"name":"qwen3-4b-q4_k_m.gguf","model":"qwen3-4b-q4_k_m.gguf","capabilities":["completion"]}],"object":"list","data":[{"id":"qwen3-4b-q4_k_m.gguf","object":"model","created":1770770846,"owned_by":"llamacpp","meta":{"n_ctx_train":40960}}]}`,
    list: [{ id: 'qwen3-4b-q4_k_m.gguf' }],
  },
};
