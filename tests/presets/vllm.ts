import { hello, type PresetRecording } from '../support/preset-recording';

export const recording: PresetRecording = {
  source: 'written after https://docs.vllm.ai/en/latest/features/reasoning_outputs.html',
  model: 'Qwen/Qwen3-8B',
  request: {
    url: 'http://127.0.0.1:8000/v1/chat/completions',
    headers: { 'content-type': 'application/json', authorization: 'Bearer key-1234' },
    body: {
      model: 'Qwen/Qwen3-8B',
      messages: hello,
      stream: true,
      stream_options: { include_usage: true },
      max_tokens: 900,
    },
  },
  reply: String.raw`data: {"id":"chatcmpl-2f","object":"chat.completion.chunk","created":1770770846,"model":"Qwen/Qwen3-8B","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null,"logprobs":null}]}

data: {"id":"chatcmpl-2f","object":"chat.completion.chunk","created":1770770846,"model":"Qwen/Qwen3-8B","choices":[{"index":0,"delta":{"reasoning":"A greeting.","reasoning_content":"A greeting."},"finish_reason":null,"logprobs":null}]}

data: {"id":"chatcmpl-2f","object":"chat.completion.chunk","created":1770770846,"model":"Qwen/Qwen3-8B","choices":[{"index":0,"delta":{"content":"Hello"},"finish_reason":null,"logprobs":null}]}

data: {"id":"chatcmpl-2f","object":"chat.completion.chunk","created":1770770846,"model":"Qwen/Qwen3-8B","choices":[{"index":0,"delta":{"content":" there."},"finish_reason":null,"logprobs":null}]}

data: {"id":"chatcmpl-2f","object":"chat.completion.chunk","created":1770770846,"model":"Qwen/Qwen3-8B","choices":[{"index":0,"delta":{"content":""},"finish_reason":"stop","logprobs":null,"stop_reason":null}]}

data: {"id":"chatcmpl-2f","object":"chat.completion.chunk","created":1770770846,"model":"Qwen/Qwen3-8B","choices":[],"usage":{"prompt_tokens":14,"completion_tokens":26,"total_tokens":40}}

data: [DONE]

`,
  says: {
    text: 'Hello there.',
    thinking: 'A greeting.',
    served: 'Qwen/Qwen3-8B',
    ending: 'complete',
    usage: { inputTokens: 14, outputTokens: 26 },
  },
  models: {
    url: 'http://127.0.0.1:8000/v1/models',
    answer: String.raw`{"object":"list","data":[{"id":"Qwen/Qwen3-8B","object":"model","created":1750000000,"owned_by":"vllm","root":"Qwen/Qwen3-8B","parent":null,"max_model_len":40960}]}`,
    list: [{ id: 'Qwen/Qwen3-8B' }],
  },
};
