import { hello, type PresetRecording } from '../support/preset-recording';

export const recording: PresetRecording = {
  source: 'written after https://docs.api.nvidia.com/nim/reference/llm-apis',
  model: 'nvidia/nvidia-nemotron-nano-9b-v2',
  request: {
    url: 'https://integrate.api.nvidia.com/v1/chat/completions',
    headers: { 'content-type': 'application/json', authorization: 'Bearer key-1234' },
    body: {
      model: 'nvidia/nvidia-nemotron-nano-9b-v2',
      messages: hello,
      stream: true,
      stream_options: { include_usage: true },
      max_tokens: 900,
    },
  },
  reply: String.raw`data: {"id":"chatcmpl-9f","object":"chat.completion.chunk","created":1770770846,"model":"nvidia/nvidia-nemotron-nano-9b-v2","choices":[{"index":0,"delta":{"role":"assistant","content":null,"reasoning_content":"A greeting."},"finish_reason":null,"logprobs":null}]}

data: {"id":"chatcmpl-9f","object":"chat.completion.chunk","created":1770770846,"model":"nvidia/nvidia-nemotron-nano-9b-v2","choices":[{"index":0,"delta":{"role":"assistant","content":"Hello"},"finish_reason":null,"logprobs":null}]}

data: {"id":"chatcmpl-9f","object":"chat.completion.chunk","created":1770770846,"model":"nvidia/nvidia-nemotron-nano-9b-v2","choices":[{"index":0,"delta":{"role":"assistant","content":" there."},"finish_reason":null,"logprobs":null}]}

data: {"id":"chatcmpl-9f","object":"chat.completion.chunk","created":1770770846,"model":"nvidia/nvidia-nemotron-nano-9b-v2","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":"stop","logprobs":null,"stop_reason":null}]}

data: {"id":"chatcmpl-9f","object":"chat.completion.chunk","created":1770770846,"model":"nvidia/nvidia-nemotron-nano-9b-v2","choices":[],"usage":{"prompt_tokens":20,"completion_tokens":33,"total_tokens":53}}

data: [DONE]

`,
  says: {
    text: 'Hello there.',
    thinking: 'A greeting.',
    served: 'nvidia/nvidia-nemotron-nano-9b-v2',
    ending: 'complete',
    usage: { inputTokens: 20, outputTokens: 33 },
  },
  models: {
    url: 'https://integrate.api.nvidia.com/v1/models',
    answer: String.raw`{"object":"list","data":[{"id":"nvidia/nvidia-nemotron-nano-9b-v2","object":"model","created":1750000000,"owned_by":"nvidia"},{"id":"meta/llama-3.3-70b","object":"model","created":1750000000,"owned_by":"meta"}]}`,
    list: [{ id: 'meta/llama-3.3-70b' }, { id: 'nvidia/nvidia-nemotron-nano-9b-v2' }],
  },
};
