import { hello, type PresetRecording } from '../support/preset-recording';

export const recording: PresetRecording = {
  source: 'written after https://inference-docs.cerebras.ai/capabilities/reasoning',
  model: 'gpt-oss-120b',
  request: {
    url: 'https://api.cerebras.ai/v1/chat/completions',
    headers: { 'content-type': 'application/json', authorization: 'Bearer key-1234' },
    body: {
      model: 'gpt-oss-120b',
      messages: hello,
      stream: true,
      stream_options: { include_usage: true },
      max_completion_tokens: 900,
    },
  },
  reply: String.raw`data: {"id":"chatcmpl-7d9c","object":"chat.completion.chunk","created":1770770846,"model":"gpt-oss-120b","system_fingerprint":"fp_ac8ec8","choices":[{"index":0,"delta":{"role":"assistant"},"finish_reason":null}]}

data: {"id":"chatcmpl-7d9c","object":"chat.completion.chunk","created":1770770846,"model":"gpt-oss-120b","system_fingerprint":"fp_ac8ec8","choices":[{"index":0,"delta":{"reasoning":"A greeting."},"finish_reason":null}]}

data: {"id":"chatcmpl-7d9c","object":"chat.completion.chunk","created":1770770846,"model":"gpt-oss-120b","system_fingerprint":"fp_ac8ec8","choices":[{"index":0,"delta":{"content":"Hello"},"finish_reason":null}]}

data: {"id":"chatcmpl-7d9c","object":"chat.completion.chunk","created":1770770846,"model":"gpt-oss-120b","system_fingerprint":"fp_ac8ec8","choices":[{"index":0,"delta":{"content":" there."},"finish_reason":null}]}

data: {"id":"chatcmpl-7d9c","object":"chat.completion.chunk","created":1770770846,"model":"gpt-oss-120b","system_fingerprint":"fp_ac8ec8","choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":{"prompt_tokens":70,"completion_tokens":31,"total_tokens":101,"completion_tokens_details":{"reasoning_tokens":18}},"time_info":{"queue_time":0.0002,"prompt_time":0.002,"completion_time":0.01,"total_time":0.014}}

data: [DONE]

`,
  says: {
    text: 'Hello there.',
    thinking: 'A greeting.',
    served: 'gpt-oss-120b',
    ending: 'complete',
    usage: { inputTokens: 70, outputTokens: 31, reasoningTokens: 18 },
  },
  models: {
    url: 'https://api.cerebras.ai/v1/models',
    answer: String.raw`{"object":"list","data":[{"id":"gpt-oss-120b","object":"model","created":1750000000,"owned_by":"Cerebras"},{"id":"zai-glm-4.7","object":"model","created":1750000000,"owned_by":"Cerebras"}]}`,
    list: [{ id: 'gpt-oss-120b' }, { id: 'zai-glm-4.7' }],
  },
};
