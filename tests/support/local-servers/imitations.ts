/** What the model servers that people run on their own computer answer to `GET /v1/models`, in their own spelling. */

export interface Imitation {
  /** Its kind in lib/doctor/local-servers.ts. */
  readonly kind: string;
  readonly port: number;
  readonly status?: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Its models run here. */
  readonly runsHere: boolean;
  /** How many models it lists; undefined where it wants a key first. */
  readonly models: number | undefined;
}

const json = { 'content-type': 'application/json' };

const list = (...entries: readonly object[]): string => JSON.stringify({ object: 'list', data: entries });

export const imitations: readonly Imitation[] = [
  {
    kind: 'ollama',
    port: 11434,
    headers: json,
    // Go writes no spaces, and ends with a line break.
    body: `${list(
      { id: 'qwen3:8b', object: 'model', created: 1_750_000_000, owned_by: 'library' },
      { id: 'gemma3:4b', object: 'model', created: 1_750_000_100, owned_by: 'library' },
    )}\n`,
    runsHere: true,
    models: 2,
  },
  {
    kind: 'lm-studio',
    port: 1234,
    headers: { ...json, 'x-powered-by': 'Express' },
    body: JSON.stringify(
      {
        data: [
          { id: 'qwen3-4b', object: 'model', owned_by: 'organization_owner' },
          { id: 'text-embedding-nomic', object: 'model', owned_by: 'organization_owner' },
        ],
        object: 'list',
      },
      null,
      2,
    ),
    runsHere: true,
    models: 2,
  },
  {
    kind: 'llama-cpp',
    port: 8080,
    headers: { ...json, server: 'llama.cpp' },
    body: JSON.stringify({
      models: [{ name: 'gemma-3-4b-it', model: 'gemma-3-4b-it', type: 'model' }],
      object: 'list',
      data: [{ id: 'gemma-3-4b-it', object: 'model', created: 1_750_000_000, owned_by: 'llamacpp', meta: {} }],
    }),
    runsHere: true,
    models: 1,
  },
  {
    kind: 'vllm',
    port: 8000,
    headers: { ...json, server: 'uvicorn' },
    body: list({
      id: 'Qwen/Qwen3-4B',
      object: 'model',
      created: 1_750_000_000,
      owned_by: 'vllm',
      root: 'Qwen/Qwen3-4B',
      parent: null,
      max_model_len: 40_960,
    }),
    runsHere: true,
    models: 1,
  },
  {
    kind: 'gpt4free',
    port: 1337,
    headers: json,
    body: list(
      { id: 'gpt-4o', object: 'model', created: 0, owned_by: 'OpenAI', image: false, provider: false },
      { id: 'deepseek-r1', object: 'model', created: 0, owned_by: 'DeepSeek', image: false, provider: false },
      { id: 'Blackbox', object: 'model', created: 0, owned_by: 'Blackbox AI', image: true, provider: true },
    ),
    runsHere: false,
    models: 2,
  },
  {
    kind: 'koboldcpp',
    port: 5001,
    headers: { ...json, server: 'ConcedoLlamaForKoboldServer' },
    body: `{"object": "list", "data": [{"id": "koboldcpp/mistral-7b", "object": "model", "created": 1, "owned_by": "koboldcpp", "permission": [], "root": "koboldcpp"}]}`,
    runsHere: true,
    models: 1,
  },
  {
    kind: 'litellm',
    port: 4000,
    status: 401,
    headers: { ...json, server: 'uvicorn' },
    body: JSON.stringify({
      error: {
        message: 'Authentication Error, No api key passed in.',
        type: 'auth_error',
        param: 'None',
        code: '401',
      },
    }),
    runsHere: false,
    models: undefined,
  },
];
