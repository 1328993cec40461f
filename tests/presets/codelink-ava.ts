import { hello, type PresetRecording } from '../support/preset-recording';

export const recording: PresetRecording = {
  source: "written after the wire's description: the public service is gone",
  model: '',
  request: {
    url: 'https://ava-alpha-api.codelink.io/api/chat',
    headers: { 'content-type': 'application/json' },
    body: { messages: hello, temperature: 0.6, stream: true, max_tokens: 900 },
  },
  reply: String.raw`data: {"choices":[{"delta":{"content":"Hel"}}]}

data: {"choices":[{"delta":{"content":"lo"}}]}

data: [DONE]

`,
  says: { text: 'Hello', thinking: '', served: '', ending: 'complete' },
  models: { list: [] },
};
