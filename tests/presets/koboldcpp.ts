import { hello, type PresetRecording } from '../support/preset-recording';

export const recording: PresetRecording = {
  source: 'written after koboldcpp.py of LostRuins/koboldcpp (handle_sse_stream); older versions tell no usage',
  model: 'koboldcpp/gemma-3-4b',
  request: {
    url: 'http://127.0.0.1:5001/v1/chat/completions',
    headers: { 'content-type': 'application/json', authorization: 'Bearer key-1234' },
    body: {
      model: 'koboldcpp/gemma-3-4b',
      messages: hello,
      stream: true,
      stream_options: { include_usage: true },
      max_tokens: 900,
    },
  },
  reply: String.raw`data: {"id":"koboldcpp","object":"chat.completion.chunk","created":1,"model":"koboldcpp/gemma-3-4b","choices":[{"index":0,"delta":{"role":"assistant","content":"Hello"},"finish_reason":null}]}

data: {"id":"koboldcpp","object":"chat.completion.chunk","created":1,"model":"koboldcpp/gemma-3-4b","choices":[{"index":0,"delta":{"role":"assistant","content":" there."},"finish_reason":null}]}

data: {"id":"koboldcpp","object":"chat.completion.chunk","created":1,"model":"koboldcpp/gemma-3-4b","choices":[{"index":0,"delta":{"content":""},"finish_reason":"stop"}]}

data: [DONE]

`,
  says: { text: 'Hello there.', thinking: '', served: 'koboldcpp/gemma-3-4b', ending: 'complete' },
  models: {
    url: 'http://127.0.0.1:5001/v1/models',
    answer: String.raw`{"object":"list","data":[{"id":"koboldcpp/gemma-3-4b","object":"model","created":1,"owned_by":"koboldcpp","permission":[],"root":"koboldcpp"}]}`,
    list: [{ id: 'koboldcpp/gemma-3-4b' }],
  },
};
