import { hello, type PresetRecording } from '../support/preset-recording';

export const recording: PresetRecording = {
  source:
    'github.com/vercel/ai, Apache-2.0, packages/deepseek/src/chat/__fixtures__/deepseek-reasoning.chunks.txt, shortened',
  model: 'deepseek-reasoner',
  request: {
    url: 'https://api.deepseek.com/chat/completions',
    headers: { 'content-type': 'application/json', authorization: 'Bearer key-1234' },
    body: {
      model: 'deepseek-reasoner',
      messages: hello,
      stream: true,
      stream_options: { include_usage: true },
      max_tokens: 900,
    },
  },
  reply: String.raw`data: {"id":"0e1d","object":"chat.completion.chunk","created":1770770846,"model":"deepseek-reasoner","system_fingerprint":"fp_eaab8d114b_prod0820","choices":[{"index":0,"delta":{"role":"assistant","content":null,"reasoning_content":""},"finish_reason":null,"logprobs":null}]}

data: {"id":"0e1d","object":"chat.completion.chunk","created":1770770846,"model":"deepseek-reasoner","system_fingerprint":"fp_eaab8d114b_prod0820","choices":[{"index":0,"delta":{"content":null,"reasoning_content":"We need to "},"finish_reason":null,"logprobs":null}]}

data: {"id":"0e1d","object":"chat.completion.chunk","created":1770770846,"model":"deepseek-reasoner","system_fingerprint":"fp_eaab8d114b_prod0820","choices":[{"index":0,"delta":{"content":null,"reasoning_content":"count."},"finish_reason":null,"logprobs":null}]}

data: {"id":"0e1d","object":"chat.completion.chunk","created":1770770846,"model":"deepseek-reasoner","system_fingerprint":"fp_eaab8d114b_prod0820","choices":[{"index":0,"delta":{"content":"Three","reasoning_content":null},"finish_reason":null,"logprobs":null}]}

data: {"id":"0e1d","object":"chat.completion.chunk","created":1770770846,"model":"deepseek-reasoner","system_fingerprint":"fp_eaab8d114b_prod0820","choices":[{"index":0,"delta":{"content":" \"r\"s.","reasoning_content":null},"finish_reason":null,"logprobs":null}]}

data: {"id":"0e1d","object":"chat.completion.chunk","created":1770770846,"model":"deepseek-reasoner","system_fingerprint":"fp_eaab8d114b_prod0820","choices":[{"index":0,"delta":{"content":"","reasoning_content":null},"finish_reason":"stop","logprobs":null}],"usage":{"prompt_tokens":18,"completion_tokens":205,"total_tokens":223,"completion_tokens_details":{"reasoning_tokens":188},"prompt_tokens_details":{"cached_tokens":0},"prompt_cache_hit_tokens":0,"prompt_cache_miss_tokens":18}}

data: [DONE]

`,
  says: {
    text: 'Three "r"s.',
    thinking: 'We need to count.',
    served: 'deepseek-reasoner',
    ending: 'complete',
    usage: { inputTokens: 18, outputTokens: 205, reasoningTokens: 188 },
  },
  models: {
    url: 'https://api.deepseek.com/models',
    answer: String.raw`{"object":"list","data":[{"id":"deepseek-chat","object":"model","owned_by":"deepseek"},{"id":"deepseek-reasoner","object":"model","owned_by":"deepseek"}]}`,
    list: [{ id: 'deepseek-chat' }, { id: 'deepseek-reasoner' }],
  },
};
