import { hello, type PresetRecording } from '../support/preset-recording';

export const recording: PresetRecording = {
  source: 'written after g4f/api/__init__.py and g4f/client/stubs.py of xtekky/gpt4free',
  model: 'Auto',
  request: {
    url: 'http://127.0.0.1:1337/v1/chat/completions',
    headers: { 'content-type': 'application/json', authorization: 'Bearer key-1234' },
    body: { model: 'Auto', messages: hello, stream: true, stream_options: { include_usage: true }, max_tokens: 900 },
  },
  reply: String.raw`data: {"id":"chatcmpl-aB3","object":"chat.completion.chunk","created":1770770846,"model":"openai","provider":"PollinationsAI","choices":[{"index":0,"delta":{"role":"assistant","content":"","reasoning":"A picture. "},"finish_reason":null}]}

data: {"id":"chatcmpl-aB3","object":"chat.completion.chunk","created":1770770846,"model":"openai","provider":"PollinationsAI","choices":[{"index":0,"delta":{"role":"assistant","content":"","reasoning":"Drawing."},"finish_reason":null}]}

data: {"id":"chatcmpl-aB3","object":"chat.completion.chunk","created":1770770846,"model":"openai","provider":"PollinationsAI","choices":[{"index":0,"delta":{"role":"assistant","content":"Here: [![a cat](/media/"},"finish_reason":null}]}

data: {"id":"chatcmpl-aB3","object":"chat.completion.chunk","created":1770770846,"model":"openai","provider":"PollinationsAI","choices":[{"index":0,"delta":{"role":"assistant","content":"1770_cat.png)](/media/1770_cat.png)"},"finish_reason":null}]}

data: {"id":"chatcmpl-aB3","object":"chat.completion.chunk","created":1770770846,"model":"openai","provider":"PollinationsAI","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

data: {"id":"chatcmpl-aB3","object":"chat.completion.chunk","created":1770770846,"model":"openai","provider":"PollinationsAI","choices":[{"index":0,"delta":{},"finish_reason":null}],"usage":{"prompt_tokens":12,"completion_tokens":18,"total_tokens":30}}

data: [DONE]

`,
  says: {
    text: 'Here: [![a cat](http://127.0.0.1:1337/media/1770_cat.png)](http://127.0.0.1:1337/media/1770_cat.png)',
    thinking: 'A picture. Drawing.',
    served: 'openai',
    ending: 'complete',
    usage: { inputTokens: 12, outputTokens: 18 },
  },
  models: {
    url: 'http://127.0.0.1:1337/v1/models',
    answer: String.raw`{"object":"list","data":[{"id":"gpt-4o","object":"model","created":0,"owned_by":"","image":false,"vision":true,"provider":false},{"id":"PollinationsAI","object":"model","created":0,"owned_by":"Pollinations AI","image":true,"vision":true,"provider":true}]}`,
    list: [{ id: 'gpt-4o' }, { id: 'PollinationsAI', label: 'Pollinations AI' }],
  },
};
