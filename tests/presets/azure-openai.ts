import { hello, type PresetRecording } from '../support/preset-recording';

export const recording: PresetRecording = {
  source:
    'github.com/vercel/ai, Apache-2.0, packages/openai/src/chat/__fixtures__/azure-model-router.1.chunks.txt, shortened',
  model: 'my-deployment',
  baseUrl: 'https://my-resource.openai.azure.com/openai/v1',
  request: {
    url: 'https://my-resource.openai.azure.com/openai/v1/chat/completions',
    headers: { 'content-type': 'application/json', 'api-key': 'key-1234' },
    body: {
      model: 'my-deployment',
      messages: hello,
      stream: true,
      stream_options: { include_usage: true },
      max_completion_tokens: 900,
    },
  },
  reply: String.raw`data: {"choices":[],"created":0,"id":"","model":"","object":"","prompt_filter_results":[{"prompt_index":0,"content_filter_results":{"hate":{"filtered":false,"severity":"safe"},"self_harm":{"filtered":false,"severity":"safe"},"sexual":{"filtered":false,"severity":"safe"},"violence":{"filtered":false,"severity":"safe"},"jailbreak":{"filtered":false,"detected":false}}}]}

data: {"id":"chatcmpl-CYPS1","object":"chat.completion.chunk","created":1770770846,"model":"gpt-5-nano-2025-08-07","system_fingerprint":null,"choices":[{"index":0,"delta":{"content":"","refusal":null,"role":"assistant"},"finish_reason":null,"content_filter_results":{},"logprobs":null}],"obfuscation":"D3Wb","usage":null}

data: {"id":"chatcmpl-CYPS1","object":"chat.completion.chunk","created":1770770846,"model":"gpt-5-nano-2025-08-07","system_fingerprint":null,"choices":[{"index":0,"delta":{"content":"Capital"},"finish_reason":null,"content_filter_results":{"hate":{"filtered":false,"severity":"safe"},"self_harm":{"filtered":false,"severity":"safe"},"sexual":{"filtered":false,"severity":"safe"},"violence":{"filtered":false,"severity":"safe"}},"logprobs":null}],"obfuscation":"NNpA6","usage":null}

data: {"id":"chatcmpl-CYPS1","object":"chat.completion.chunk","created":1770770846,"model":"gpt-5-nano-2025-08-07","system_fingerprint":null,"choices":[{"index":0,"delta":{"content":" of Denmark."},"finish_reason":null,"content_filter_results":{"hate":{"filtered":false,"severity":"safe"},"self_harm":{"filtered":false,"severity":"safe"},"sexual":{"filtered":false,"severity":"safe"},"violence":{"filtered":false,"severity":"safe"}},"logprobs":null}],"obfuscation":"ywLH","usage":null}

data: {"id":"chatcmpl-CYPS1","object":"chat.completion.chunk","created":1770770846,"model":"gpt-5-nano-2025-08-07","system_fingerprint":null,"choices":[{"index":0,"delta":{},"finish_reason":"stop","content_filter_results":{},"logprobs":null}],"obfuscation":"Zarov","usage":null}

data: {"id":"chatcmpl-CYPS1","object":"chat.completion.chunk","created":1770770846,"model":"gpt-5-nano-2025-08-07","system_fingerprint":null,"choices":[],"obfuscation":"Djq","usage":{"prompt_tokens":15,"completion_tokens":78,"total_tokens":93,"completion_tokens_details":{"reasoning_tokens":64}}}

data: [DONE]

`,
  says: {
    text: 'Capital of Denmark.',
    thinking: '',
    served: 'gpt-5-nano-2025-08-07',
    ending: 'complete',
    usage: { inputTokens: 15, outputTokens: 78, reasoningTokens: 64 },
  },
  models: {
    url: 'https://my-resource.openai.azure.com/openai/v1/models',
    answer: String.raw`{"object":"list","data":[{"id":"gpt-4.1-2025-04-14","object":"model","status":"succeeded","capabilities":{"chat_completion":true}},{"id":"text-embedding-3-large","object":"model","status":"succeeded","capabilities":{"embeddings":true}}]}`,
    list: [{ id: 'gpt-4.1-2025-04-14' }, { id: 'text-embedding-3-large' }],
  },
};
