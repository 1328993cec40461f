import type { Preset } from './provider';

/** https://github.com/ggml-org/llama.cpp/tree/master/tools/server */
export const llamaCpp: Preset = {
  id: 'llama-cpp',
  label: 'llama.cpp',
  baseUrl: 'http://127.0.0.1:8080/v1',
  key: { needed: 'optional' },
  hasModels: true,
  wire: 'openai-chat',
};
