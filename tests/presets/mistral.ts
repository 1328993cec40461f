import { hello, type PresetRecording } from '../support/preset-recording';

export const recording: PresetRecording = {
  source: 'github.com/vercel/ai, Apache-2.0, packages/mistral/src/__fixtures__/mistral-reasoning.chunks.txt, shortened',
  model: 'magistral-medium-2507',
  request: {
    url: 'https://api.mistral.ai/v1/chat/completions',
    headers: { 'content-type': 'application/json', authorization: 'Bearer key-1234' },
    body: { model: 'magistral-medium-2507', messages: hello, stream: true, max_tokens: 900 },
  },
  reply: String.raw`data: {"id":"a4e29c5b82f94d67b23e108a7c9df6e1","object":"chat.completion.chunk","created":1770770846,"model":"magistral-medium-2507","choices":[{"index":0,"delta":{"role":"assistant","content":[{"type":"thinking","thinking":[{"type":"text","text":"The user is asking"}]}]},"finish_reason":null}]}

data: {"id":"a4e29c5b82f94d67b23e108a7c9df6e1","object":"chat.completion.chunk","created":1770770846,"model":"magistral-medium-2507","choices":[{"index":0,"delta":{"content":[{"type":"thinking","thinking":[{"type":"text","text":" for 2+2."}]}]},"finish_reason":null}]}

data: {"id":"a4e29c5b82f94d67b23e108a7c9df6e1","object":"chat.completion.chunk","created":1770770846,"model":"magistral-medium-2507","choices":[{"index":0,"delta":{"content":[{"type":"text","text":"2 + 2 = 4"}]},"finish_reason":null}]}

data: {"id":"a4e29c5b82f94d67b23e108a7c9df6e1","object":"chat.completion.chunk","created":1770770846,"model":"magistral-medium-2507","choices":[{"index":0,"delta":{"content":""},"finish_reason":"stop"}],"usage":{"prompt_tokens":10,"completion_tokens":46,"total_tokens":56}}

data: [DONE]

`,
  says: {
    text: '2 + 2 = 4',
    thinking: 'The user is asking for 2+2.',
    served: 'magistral-medium-2507',
    ending: 'complete',
    usage: { inputTokens: 10, outputTokens: 46 },
  },
  models: {
    url: 'https://api.mistral.ai/v1/models',
    answer: String.raw`{"object":"list","data":[{"id":"mistral-embed","object":"model","created":1750000000,"owned_by":"mistralai","name":"mistral-embed"},{"id":"magistral-medium-2507","object":"model","created":1750000000,"owned_by":"mistralai","capabilities":{"completion_chat":true},"name":"magistral-medium-2507","max_context_length":40960}]}`,
    list: [{ id: 'magistral-medium-2507' }, { id: 'mistral-embed' }],
  },
};
