import { hello, type PresetRecording } from '../support/preset-recording';

export const recording: PresetRecording = {
  source: 'written after https://docs.siliconflow.cn/docs/api/chat-completions-post',
  model: 'deepseek-ai/DeepSeek-V3.1',
  request: {
    url: 'https://api.siliconflow.com/v1/chat/completions',
    headers: { 'content-type': 'application/json', authorization: 'Bearer key-1234' },
    body: {
      model: 'deepseek-ai/DeepSeek-V3.1',
      messages: hello,
      stream: true,
      stream_options: { include_usage: true },
      max_tokens: 900,
    },
  },
  reply: String.raw`data: {"id":"0197a1","object":"chat.completion.chunk","created":1770770846,"model":"deepseek-ai/DeepSeek-V3.1","system_fingerprint":"","choices":[{"index":0,"delta":{"content":null,"reasoning_content":"A greeting.","role":"assistant"},"finish_reason":null}],"usage":{"prompt_tokens":10,"completion_tokens":4,"total_tokens":14,"completion_tokens_details":{"reasoning_tokens":4}}}

data: {"id":"0197a1","object":"chat.completion.chunk","created":1770770846,"model":"deepseek-ai/DeepSeek-V3.1","system_fingerprint":"","choices":[{"index":0,"delta":{"content":"Hello","reasoning_content":null,"role":"assistant"},"finish_reason":null}],"usage":{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15,"completion_tokens_details":{"reasoning_tokens":4}}}

data: {"id":"0197a1","object":"chat.completion.chunk","created":1770770846,"model":"deepseek-ai/DeepSeek-V3.1","system_fingerprint":"","choices":[{"index":0,"delta":{"content":" there.","reasoning_content":null,"role":"assistant"},"finish_reason":null}],"usage":{"prompt_tokens":10,"completion_tokens":7,"total_tokens":17,"completion_tokens_details":{"reasoning_tokens":4}}}

data: {"id":"0197a1","object":"chat.completion.chunk","created":1770770846,"model":"deepseek-ai/DeepSeek-V3.1","system_fingerprint":"","choices":[{"index":0,"delta":{"content":"","reasoning_content":null,"role":"assistant"},"finish_reason":"stop"}],"usage":{"prompt_tokens":10,"completion_tokens":7,"total_tokens":17,"completion_tokens_details":{"reasoning_tokens":4}}}

data: [DONE]

`,
  says: {
    text: 'Hello there.',
    thinking: 'A greeting.',
    served: 'deepseek-ai/DeepSeek-V3.1',
    ending: 'complete',
    usage: { inputTokens: 10, outputTokens: 7, reasoningTokens: 4 },
  },
  models: {
    url: 'https://api.siliconflow.com/v1/models',
    answer: String.raw`{"object":"list","data":[{"id":"deepseek-ai/DeepSeek-V3.1","object":"model","created":0,"owned_by":""},{"id":"Qwen/Qwen3-Embedding-8B","object":"model","created":0,"owned_by":""}]}`,
    list: [{ id: 'deepseek-ai/DeepSeek-V3.1' }, { id: 'Qwen/Qwen3-Embedding-8B' }],
  },
};
