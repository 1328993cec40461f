import { hello, type PresetRecording } from '../support/preset-recording';

export const recording: PresetRecording = {
  source: 'github.com/vercel/ai, Apache-2.0, packages/groq/src/__fixtures__/groq-reasoning.chunks.txt, shortened',
  model: 'qwen/qwen3-32b',
  request: {
    url: 'https://api.groq.com/openai/v1/chat/completions',
    headers: { 'content-type': 'application/json', authorization: 'Bearer key-1234' },
    body: {
      model: 'qwen/qwen3-32b',
      messages: hello,
      stream: true,
      stream_options: { include_usage: true },
      max_completion_tokens: 900,
    },
  },
  reply: String.raw`data: {"id":"chatcmpl-3556c041","object":"chat.completion.chunk","created":1770770846,"model":"qwen/qwen3-32b","system_fingerprint":"fp_78ac7f3229","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null,"logprobs":null}],"x_groq":{"id":"req_01kh52","seed":872656815}}

data: {"id":"chatcmpl-3556c041","object":"chat.completion.chunk","created":1770770846,"model":"qwen/qwen3-32b","system_fingerprint":"fp_78ac7f3229","choices":[{"index":0,"delta":{"reasoning":"Okay,"},"finish_reason":null,"logprobs":null}]}

data: {"id":"chatcmpl-3556c041","object":"chat.completion.chunk","created":1770770846,"model":"qwen/qwen3-32b","system_fingerprint":"fp_78ac7f3229","choices":[{"index":0,"delta":{"reasoning":" three."},"finish_reason":null,"logprobs":null}]}

data: {"id":"chatcmpl-3556c041","object":"chat.completion.chunk","created":1770770846,"model":"qwen/qwen3-32b","system_fingerprint":"fp_78ac7f3229","choices":[{"index":0,"delta":{"content":"There are "},"finish_reason":null,"logprobs":null}]}

data: {"id":"chatcmpl-3556c041","object":"chat.completion.chunk","created":1770770846,"model":"qwen/qwen3-32b","system_fingerprint":"fp_78ac7f3229","choices":[{"index":0,"delta":{"content":"three."},"finish_reason":null,"logprobs":null}]}

data: {"id":"chatcmpl-3556c041","object":"chat.completion.chunk","created":1770770846,"model":"qwen/qwen3-32b","system_fingerprint":"fp_78ac7f3229","choices":[{"index":0,"delta":{},"finish_reason":"stop","logprobs":null}],"x_groq":{"id":"req_01kh52","usage":{"queue_time":0.17,"prompt_tokens":17,"prompt_time":0.0008,"completion_tokens":1107,"completion_time":3.2,"total_tokens":1124,"total_time":3.2,"completion_tokens_details":{"reasoning_tokens":963}}},"usage":{"queue_time":0.17,"prompt_tokens":17,"prompt_time":0.0008,"completion_tokens":1107,"completion_time":3.2,"total_tokens":1124,"total_time":3.2,"completion_tokens_details":{"reasoning_tokens":963}}}

data: [DONE]

`,
  says: {
    text: 'There are three.',
    thinking: 'Okay, three.',
    served: 'qwen/qwen3-32b',
    ending: 'complete',
    usage: { inputTokens: 17, outputTokens: 1107, reasoningTokens: 963 },
  },
  models: {
    url: 'https://api.groq.com/openai/v1/models',
    answer: String.raw`{"object":"list","data":[{"id":"whisper-large-v3","object":"model","created":1750000000,"owned_by":"OpenAI","active":true,"context_window":448},{"id":"qwen/qwen3-32b","object":"model","created":1750000000,"owned_by":"Alibaba Cloud","active":true,"context_window":131072}]}`,
    list: [{ id: 'qwen/qwen3-32b' }, { id: 'whisper-large-v3' }],
  },
};
