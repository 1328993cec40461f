import { hello, type PresetRecording } from '../support/preset-recording';

export const recording: PresetRecording = {
  source: 'written after https://docs.bigmodel.cn/cn/guide/capabilities/streaming',
  model: 'glm-4.6',
  request: {
    url: 'https://open.bigmodel.cn/api/paas/v4/chat/completions',
    headers: { 'content-type': 'application/json', authorization: 'Bearer key-1234' },
    body: { model: 'glm-4.6', messages: hello, stream: true, max_tokens: 900 },
  },
  reply: String.raw`data: {"id":"20260211093000a1b2","created":1770770846,"object":"chat.completion.chunk","model":"glm-4.6","choices":[{"index":0,"delta":{"role":"assistant","reasoning_content":"用户在问好。"}}]}

data: {"id":"20260211093000a1b2","created":1770770846,"object":"chat.completion.chunk","model":"glm-4.6","choices":[{"index":0,"delta":{"role":"assistant","content":"你好"}}]}

data: {"id":"20260211093000a1b2","created":1770770846,"object":"chat.completion.chunk","model":"glm-4.6","choices":[{"index":0,"delta":{"role":"assistant","content":"！"}}]}

data: {"id":"20260211093000a1b2","created":1770770846,"object":"chat.completion.chunk","model":"glm-4.6","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":"stop"}],"usage":{"prompt_tokens":8,"completion_tokens":40,"total_tokens":48,"prompt_tokens_details":{"cached_tokens":0}}}

data: [DONE]

`,
  says: {
    text: '你好！',
    thinking: '用户在问好。',
    served: 'glm-4.6',
    ending: 'complete',
    usage: { inputTokens: 8, outputTokens: 40 },
  },
  models: {
    url: 'https://open.bigmodel.cn/api/paas/v4/models',
    answer: String.raw`{"object":"list","data":[{"id":"glm-4.6","object":"model","created":1750000000,"owned_by":"z-ai"},{"id":"glm-4.5-air","object":"model","created":1750000000,"owned_by":"z-ai"}]}`,
    list: [{ id: 'glm-4.5-air' }, { id: 'glm-4.6' }],
  },
};
