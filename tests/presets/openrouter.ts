import { hello, type PresetRecording } from '../support/preset-recording';

export const recording: PresetRecording = {
  source: 'written after https://openrouter.ai/docs/api-reference/streaming',
  model: 'deepseek/deepseek-r1',
  request: {
    url: 'https://openrouter.ai/api/v1/chat/completions',
    headers: { 'content-type': 'application/json', authorization: 'Bearer key-1234' },
    body: {
      model: 'deepseek/deepseek-r1',
      messages: hello,
      stream: true,
      stream_options: { include_usage: true },
      max_tokens: 900,
    },
  },
  reply: String.raw`: OPENROUTER PROCESSING

: OPENROUTER PROCESSING

data: {"id":"gen-1770770846-Qv","object":"chat.completion.chunk","created":1770770846,"model":"deepseek/deepseek-r1","provider":"Novita","choices":[{"index":0,"delta":{"role":"assistant","content":"","reasoning":"A greeting.","reasoning_details":[{"type":"reasoning.text","text":"A greeting.","index":0}]},"finish_reason":null,"native_finish_reason":null}]}

data: {"id":"gen-1770770846-Qv","object":"chat.completion.chunk","created":1770770846,"model":"deepseek/deepseek-r1","provider":"Novita","choices":[{"index":0,"delta":{"role":"assistant","content":"Hello","reasoning":null},"finish_reason":null,"native_finish_reason":null}]}

data: {"id":"gen-1770770846-Qv","object":"chat.completion.chunk","created":1770770846,"model":"deepseek/deepseek-r1","provider":"Novita","choices":[{"index":0,"delta":{"role":"assistant","content":" there.","reasoning":null},"finish_reason":null,"native_finish_reason":null}]}

data: {"id":"gen-1770770846-Qv","object":"chat.completion.chunk","created":1770770846,"model":"deepseek/deepseek-r1","provider":"Novita","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":"stop","native_finish_reason":"stop"}]}

data: {"id":"gen-1770770846-Qv","object":"chat.completion.chunk","created":1770770846,"model":"deepseek/deepseek-r1","provider":"Novita","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null,"native_finish_reason":null}],"usage":{"prompt_tokens":9,"completion_tokens":31,"total_tokens":40,"completion_tokens_details":{"reasoning_tokens":22},"cost":8e-05}}

data: [DONE]

`,
  says: {
    text: 'Hello there.',
    thinking: 'A greeting.',
    served: 'deepseek/deepseek-r1',
    ending: 'complete',
    usage: { inputTokens: 9, outputTokens: 31, reasoningTokens: 22 },
  },
  models: {
    url: 'https://openrouter.ai/api/v1/models',
    answer: String.raw`{"data":[{"id":"openai/gpt-4.1","name":"OpenAI: GPT-4.1","created":1744651385,"context_length":1047576,"pricing":{"prompt":"0.000002","completion":"0.000008"}},{"id":"deepseek/deepseek-r1","name":"DeepSeek: R1","created":1737381095,"context_length":163840,"pricing":{"prompt":"0.0000007","completion":"0.0000025"}}]}`,
    list: [
      { id: 'deepseek/deepseek-r1', label: 'DeepSeek: R1' },
      { id: 'openai/gpt-4.1', label: 'OpenAI: GPT-4.1' },
    ],
  },
};
