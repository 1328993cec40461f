import { hello, type PresetRecording } from '../support/preset-recording';

export const recording: PresetRecording = {
  source: 'written after https://docs.github.com/rest/models',
  model: 'openai/gpt-4.1',
  request: {
    url: 'https://models.github.ai/inference/chat/completions',
    headers: { 'content-type': 'application/json', authorization: 'Bearer key-1234' },
    body: {
      model: 'openai/gpt-4.1',
      messages: hello,
      stream: true,
      stream_options: { include_usage: true },
      max_tokens: 900,
    },
  },
  reply: String.raw`data: {"choices":[],"created":0,"id":"","model":"","object":"","prompt_filter_results":[{"prompt_index":0,"content_filter_results":{"hate":{"filtered":false,"severity":"safe"},"self_harm":{"filtered":false,"severity":"safe"},"sexual":{"filtered":false,"severity":"safe"},"violence":{"filtered":false,"severity":"safe"}}}]}

data: {"id":"chatcmpl-BZ2","object":"chat.completion.chunk","created":1770770846,"model":"gpt-4.1-2025-04-14","system_fingerprint":"fp_1","choices":[{"index":0,"delta":{"content":"","refusal":null,"role":"assistant"},"finish_reason":null,"content_filter_results":{}}]}

data: {"id":"chatcmpl-BZ2","object":"chat.completion.chunk","created":1770770846,"model":"gpt-4.1-2025-04-14","system_fingerprint":"fp_1","choices":[{"index":0,"delta":{"content":"Hello there."},"finish_reason":null,"content_filter_results":{"hate":{"filtered":false,"severity":"safe"},"self_harm":{"filtered":false,"severity":"safe"},"sexual":{"filtered":false,"severity":"safe"},"violence":{"filtered":false,"severity":"safe"}}}]}

data: {"id":"chatcmpl-BZ2","object":"chat.completion.chunk","created":1770770846,"model":"gpt-4.1-2025-04-14","system_fingerprint":"fp_1","choices":[{"index":0,"delta":{},"finish_reason":"length","content_filter_results":{}}]}

data: {"id":"chatcmpl-BZ2","object":"chat.completion.chunk","created":1770770846,"model":"gpt-4.1-2025-04-14","system_fingerprint":"fp_1","choices":[],"usage":{"prompt_tokens":9,"completion_tokens":9,"total_tokens":18,"completion_tokens_details":{"reasoning_tokens":0}}}

data: [DONE]

`,
  says: {
    text: 'Hello there.',
    thinking: '',
    served: 'gpt-4.1-2025-04-14',
    ending: 'length',
    usage: { inputTokens: 9, outputTokens: 9, reasoningTokens: 0 },
  },
  models: {
    url: 'https://models.github.ai/catalog/models',
    answer: String.raw`[{"id":"openai/gpt-4.1","name":"OpenAI GPT-4.1","publisher":"OpenAI","registry":"azure-openai","html_url":"https://github.com/marketplace/models/azure-openai/gpt-4-1","limits":{"max_input_tokens":1048576},"supported_output_modalities":["text"]},{"id":"openai/text-embedding-3-small","name":"OpenAI Text Embedding 3 (small)","publisher":"OpenAI","supported_output_modalities":["embeddings"]}]`,
    list: [
      { id: 'openai/gpt-4.1', label: 'OpenAI GPT-4.1' },
      { id: 'openai/text-embedding-3-small', label: 'OpenAI Text Embedding 3 (small)' },
    ],
  },
};
