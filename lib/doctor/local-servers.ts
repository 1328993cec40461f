/** A kind of model server that people run on their own computer. */
export interface LocalServer {
  /** The provider it is added as. */
  readonly kind: string;
  readonly label: string;
  /** Where its API begins. */
  readonly path: '' | '/v1';
  /** false: what it is asked goes on to somebody else. */
  readonly runsHere: boolean;
  /** Told by its answer to `GET /v1/models`: the port, the headers and the body, each on its lines. */
  readonly sign: RegExp;
}

/** How each kind is told, and what it is added as. The first that fits is it. */
export const localServers: readonly LocalServer[] = [
  {
    kind: 'koboldcpp',
    label: 'KoboldCpp',
    path: '/v1',
    runsHere: true,
    sign: /"owned_by":\s*"koboldcpp"/,
  },
  {
    kind: 'llama-cpp',
    label: 'llama.cpp',
    path: '/v1',
    runsHere: true,
    sign: /"owned_by":\s*"llamacpp"|^server: llama\.cpp$/im,
  },
  {
    kind: 'vllm',
    label: 'vLLM',
    path: '/v1',
    runsHere: true,
    sign: /"owned_by":\s*"vllm"/,
  },
  {
    kind: 'litellm',
    label: 'LiteLLM',
    path: '/v1',
    runsHere: false,
    // Its proxy gives every model the same moment of creation.
    sign: /^x-litellm-|litellm|"created":\s*1677610602,\s*"owned_by":\s*"openai"|No api key passed in/im,
  },
  // Its list names providers, too.
  {
    kind: 'gpt4free',
    label: 'gpt4free',
    path: '/v1',
    runsHere: false,
    sign: /"provider":\s*true/,
  },
  {
    kind: 'lm-studio',
    label: 'LM Studio',
    path: '/v1',
    runsHere: true,
    sign: /^port: 1234$|"owned_by":\s*"organization_owner"/m,
  },
  {
    kind: 'ollama',
    label: 'Ollama',
    path: '',
    runsHere: true,
    // Without a model its list is `null`.
    sign: /^port: 11434$|"owned_by":\s*"library"|"object":\s*"list",\s*"data":\s*null/m,
  },
];
