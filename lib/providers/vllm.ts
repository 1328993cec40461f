import type { Preset } from './provider';

/** https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html */
export const vllm: Preset = {
  id: 'vllm',
  label: 'vLLM',
  baseUrl: 'http://127.0.0.1:8000/v1',
  key: { needed: 'optional' },
  hasModels: true,
  wire: 'openai-chat',
};
