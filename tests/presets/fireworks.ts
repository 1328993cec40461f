import { hello, type PresetRecording } from '../support/preset-recording';

export const recording: PresetRecording = {
  source: 'written after https://docs.fireworks.ai/api-reference/post-chatcompletions',
  model: 'accounts/fireworks/models/glm-4p5',
  request: {
    url: 'https://api.fireworks.ai/inference/v1/chat/completions',
    headers: { 'content-type': 'application/json', authorization: 'Bearer key-1234' },
    body: {
      model: 'accounts/fireworks/models/glm-4p5',
      messages: hello,
      stream: true,
      stream_options: { include_usage: true },
      max_tokens: 900,
    },
  },
  reply: String.raw`data: {"id":"c7e2a1","object":"chat.completion.chunk","created":1770770846,"model":"accounts/fireworks/models/glm-4p5","choices":[{"index":0,"delta":{"role":"assistant"},"finish_reason":null}],"usage":null}

data: {"id":"c7e2a1","object":"chat.completion.chunk","created":1770770846,"model":"accounts/fireworks/models/glm-4p5","choices":[{"index":0,"delta":{"reasoning_content":"A greeting."},"finish_reason":null}],"usage":null}

data: {"id":"c7e2a1","object":"chat.completion.chunk","created":1770770846,"model":"accounts/fireworks/models/glm-4p5","choices":[{"index":0,"delta":{"content":"Hello"},"finish_reason":null}],"usage":null}

data: {"id":"c7e2a1","object":"chat.completion.chunk","created":1770770846,"model":"accounts/fireworks/models/glm-4p5","choices":[{"index":0,"delta":{"content":" there."},"finish_reason":null}],"usage":null}

data: {"id":"c7e2a1","object":"chat.completion.chunk","created":1770770846,"model":"accounts/fireworks/models/glm-4p5","choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":{"prompt_tokens":9,"completion_tokens":24,"total_tokens":33,"prompt_tokens_details":{"cached_tokens":0}}}

data: [DONE]

`,
  says: {
    text: 'Hello there.',
    thinking: 'A greeting.',
    served: 'accounts/fireworks/models/glm-4p5',
    ending: 'complete',
    usage: { inputTokens: 9, outputTokens: 24 },
  },
  models: {
    url: 'https://api.fireworks.ai/inference/v1/models',
    answer: String.raw`{"object":"list","data":[{"id":"accounts/fireworks/models/glm-4p5","object":"model","created":1750000000,"owned_by":"fireworks","kind":"HF_BASE_MODEL","supports_chat":true,"context_length":131072},{"id":"accounts/fireworks/models/flux-1-dev-fp8","object":"model","created":1750000000,"owned_by":"fireworks","kind":"FLUMINA_BASE_MODEL","supports_chat":false}]}`,
    list: [{ id: 'accounts/fireworks/models/flux-1-dev-fp8' }, { id: 'accounts/fireworks/models/glm-4p5' }],
  },
};
