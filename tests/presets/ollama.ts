import { hello, type PresetRecording } from '../support/preset-recording';

export const recording: PresetRecording = {
  source: 'written after https://docs.ollama.com/api/chat',
  model: 'qwen3:4b',
  request: {
    url: 'http://127.0.0.1:11434/api/chat',
    headers: { 'content-type': 'application/json' },
    body: { model: 'qwen3:4b', messages: hello, stream: true, options: { num_predict: 900 } },
  },
  reply: String.raw`{"model":"qwen3:4b","created_at":"2026-02-11T09:30:00.1Z","message":{"role":"assistant","content":"","thinking":"A greeting."},"done":false}
{"model":"qwen3:4b","created_at":"2026-02-11T09:30:00.1Z","message":{"role":"assistant","content":"Hello"},"done":false}
{"model":"qwen3:4b","created_at":"2026-02-11T09:30:00.1Z","message":{"role":"assistant","content":" there."},"done":false}
{"model":"qwen3:4b","created_at":"2026-02-11T09:30:00.1Z","message":{"role":"assistant","content":""},"done":true,"done_reason":"stop","total_duration":4883583458,"load_duration":1334875,"prompt_eval_count":26,"eval_count":28,"eval_duration":4799921000}
`,
  says: {
    text: 'Hello there.',
    thinking: 'A greeting.',
    served: 'qwen3:4b',
    ending: 'complete',
    usage: { inputTokens: 26, outputTokens: 28 },
  },
  models: {
    url: 'http://127.0.0.1:11434/api/tags',
    answer: String.raw`{"models":[{"name":"qwen3:4b","model":"qwen3:4b","modified_at":"2026-02-11T09:30:00Z","size":2497293931,"details":{"family":"qwen3","parameter_size":"4.0B"}},{"name":"nomic-embed-text:latest","model":"nomic-embed-text:latest","size":274302450}]}`,
    list: [{ id: 'qwen3:4b' }, { id: 'nomic-embed-text:latest' }],
  },
};
