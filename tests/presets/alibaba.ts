import { hello, type PresetRecording } from '../support/preset-recording';

export const recording: PresetRecording = {
  source: 'github.com/vercel/ai, Apache-2.0, packages/alibaba/src/__fixtures__/alibaba-reasoning.chunks.txt, shortened',
  model: 'qwen3-max',
  request: {
    url: 'https://dashscope-intl.aliyuncs.com/compatible-mode/v1/chat/completions',
    headers: { 'content-type': 'application/json', authorization: 'Bearer key-1234' },
    body: {
      model: 'qwen3-max',
      messages: hello,
      stream: true,
      stream_options: { include_usage: true },
      max_tokens: 900,
    },
  },
  reply: String.raw`data: {"choices":[{"delta":{"content":null,"role":"assistant","reasoning_content":""},"finish_reason":null,"index":0,"logprobs":null}],"object":"chat.completion.chunk","usage":null,"created":1770764942,"system_fingerprint":null,"model":"qwen3-max","id":"chatcmpl-3792851e"}

data: {"choices":[{"delta":{"content":null,"reasoning_content":"We are asked:"},"finish_reason":null,"index":0,"logprobs":null}],"object":"chat.completion.chunk","usage":null,"created":1770764942,"system_fingerprint":null,"model":"qwen3-max","id":"chatcmpl-3792851e"}

data: {"choices":[{"delta":{"content":null,"reasoning_content":" how many?"},"finish_reason":null,"index":0,"logprobs":null}],"object":"chat.completion.chunk","usage":null,"created":1770764942,"system_fingerprint":null,"model":"qwen3-max","id":"chatcmpl-3792851e"}

data: {"choices":[{"delta":{"content":"**Answer: ","reasoning_content":null},"finish_reason":null,"index":0,"logprobs":null}],"object":"chat.completion.chunk","usage":null,"created":1770764942,"system_fingerprint":null,"model":"qwen3-max","id":"chatcmpl-3792851e"}

data: {"choices":[{"delta":{"content":"3**","reasoning_content":null},"finish_reason":null,"index":0,"logprobs":null}],"object":"chat.completion.chunk","usage":null,"created":1770764942,"system_fingerprint":null,"model":"qwen3-max","id":"chatcmpl-3792851e"}

data: {"choices":[{"delta":{"content":"","reasoning_content":null},"finish_reason":"stop","index":0,"logprobs":null}],"object":"chat.completion.chunk","usage":null,"created":1770764942,"system_fingerprint":null,"model":"qwen3-max","id":"chatcmpl-3792851e"}

data: {"choices":[],"object":"chat.completion.chunk","usage":{"prompt_tokens":24,"completion_tokens":1355,"total_tokens":1379,"completion_tokens_details":{"reasoning_tokens":1084},"prompt_tokens_details":{"cached_tokens":0}},"created":1770764942,"system_fingerprint":null,"model":"qwen3-max","id":"chatcmpl-3792851e"}

data: [DONE]

`,
  says: {
    text: '**Answer: 3**',
    thinking: 'We are asked: how many?',
    served: 'qwen3-max',
    ending: 'complete',
    usage: { inputTokens: 24, outputTokens: 1355, reasoningTokens: 1084 },
  },
  models: {
    url: 'https://dashscope-intl.aliyuncs.com/compatible-mode/v1/models',
    answer: String.raw`{"object":"list","data":[{"id":"qwen3-max","object":"model","created":1750000000,"owned_by":"system"},{"id":"text-embedding-v4","object":"model","created":1750000000,"owned_by":"system"}]}`,
    list: [{ id: 'qwen3-max' }, { id: 'text-embedding-v4' }],
  },
};
