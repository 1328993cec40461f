import { hello, type PresetRecording } from '../support/preset-recording';

export const recording: PresetRecording = {
  source:
    'github.com/vercel/ai, Apache-2.0, packages/perplexity/src/__fixtures__/perplexity-text.chunks.txt, shortened',
  model: 'sonar-reasoning-pro',
  request: {
    url: 'https://api.perplexity.ai/chat/completions',
    headers: { 'content-type': 'application/json', authorization: 'Bearer key-1234' },
    body: { model: 'sonar-reasoning-pro', messages: hello, stream: true, max_tokens: 900 },
  },
  reply: String.raw`data: {"id":"a3d55d44","model":"sonar-reasoning-pro","created":1770768233,"usage":{"prompt_tokens":11,"completion_tokens":1,"total_tokens":12,"search_context_size":"low"},"citations":["https://example.com/a","https://example.com/b"],"object":"chat.completion.chunk","choices":[{"index":0,"delta":{"role":"assistant","content":"<think>"}}]}

data: {"id":"a3d55d44","model":"sonar-reasoning-pro","created":1770768233,"usage":{"prompt_tokens":11,"completion_tokens":3,"total_tokens":14,"search_context_size":"low"},"citations":["https://example.com/a","https://example.com/b"],"object":"chat.completion.chunk","choices":[{"index":0,"delta":{"role":"assistant","content":"A question."}}]}

data: {"id":"a3d55d44","model":"sonar-reasoning-pro","created":1770768233,"usage":{"prompt_tokens":11,"completion_tokens":5,"total_tokens":16,"search_context_size":"low"},"citations":["https://example.com/a","https://example.com/b"],"object":"chat.completion.chunk","choices":[{"index":0,"delta":{"role":"assistant","content":"</think>\n\n"}}]}

data: {"id":"a3d55d44","model":"sonar-reasoning-pro","created":1770768233,"usage":{"prompt_tokens":11,"completion_tokens":9,"total_tokens":20,"search_context_size":"low"},"citations":["https://example.com/a","https://example.com/b"],"object":"chat.completion.chunk","choices":[{"index":0,"delta":{"role":"assistant","content":"**EcoVista Day**"}}]}

data: {"id":"a3d55d44","model":"sonar-reasoning-pro","created":1770768233,"usage":{"prompt_tokens":11,"completion_tokens":11,"total_tokens":22,"search_context_size":"low"},"citations":["https://example.com/a","https://example.com/b"],"object":"chat.completion.chunk","choices":[{"index":0,"delta":{"role":"assistant","content":"[1]"}}]}

data: {"id":"a3d55d44","model":"sonar-reasoning-pro","created":1770768233,"usage":{"prompt_tokens":11,"completion_tokens":11,"total_tokens":22,"search_context_size":"low"},"citations":["https://example.com/a","https://example.com/b"],"object":"chat.completion.done","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":"stop"}]}

data: [DONE]

`,
  says: {
    text: '\n\n**EcoVista Day**[1]',
    thinking: 'A question.',
    served: 'sonar-reasoning-pro',
    ending: 'complete',
    usage: { inputTokens: 11, outputTokens: 11 },
  },
  models: {
    list: [{ id: 'sonar' }, { id: 'sonar-pro' }, { id: 'sonar-reasoning-pro' }, { id: 'sonar-deep-research' }],
  },
};
