import { hello, type PresetRecording } from '../support/preset-recording';

export const recording: PresetRecording = {
  source:
    'github.com/vercel/ai, Apache-2.0, packages/moonshotai/src/__fixtures__/moonshotai-stream.chunks.txt, shortened',
  model: 'kimi-k3',
  request: {
    url: 'https://api.moonshot.ai/v1/chat/completions',
    headers: { 'content-type': 'application/json', authorization: 'Bearer key-1234' },
    body: { model: 'kimi-k3', messages: hello, stream: true, stream_options: { include_usage: true }, max_tokens: 900 },
  },
  reply: String.raw`data: {"id":"chatcmpl-stream","created":1785880003,"model":"kimi-k3","choices":[{"index":0,"delta":{"role":"assistant","reasoning_content":"Thinking "},"finish_reason":null}]}

data: {"id":"chatcmpl-stream","created":1785880003,"model":"kimi-k3","choices":[{"index":0,"delta":{"reasoning_content":"aloud."},"finish_reason":null}]}

data: {"id":"chatcmpl-stream","created":1785880003,"model":"kimi-k3","choices":[{"index":0,"delta":{"content":"Hello"},"finish_reason":null}]}

data: {"id":"chatcmpl-stream","created":1785880003,"model":"kimi-k3","choices":[{"index":0,"delta":{"content":"!"},"finish_reason":"stop"}],"usage":{"prompt_tokens":9,"completion_tokens":12,"total_tokens":21,"completion_tokens_details":{"reasoning_tokens":7}}}

data: [DONE]

`,
  says: {
    text: 'Hello!',
    thinking: 'Thinking aloud.',
    served: 'kimi-k3',
    ending: 'complete',
    usage: { inputTokens: 9, outputTokens: 12, reasoningTokens: 7 },
  },
  models: {
    url: 'https://api.moonshot.ai/v1/models',
    answer: String.raw`{"object":"list","data":[{"id":"kimi-k3","object":"model","created":1750000000,"owned_by":"moonshot","context_length":1048576},{"id":"moonshot-v1-8k","object":"model","created":1750000000,"owned_by":"moonshot","context_length":8192}]}`,
    list: [{ id: 'kimi-k3' }, { id: 'moonshot-v1-8k' }],
  },
};
