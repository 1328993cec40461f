import type { Preset } from './provider';

/**
 * `/api/<provider>` in place of `/v1` asks one of its providers alone. Its list has them among the models; as a model it takes
 * also `<provider>:<model>`. https://github.com/xtekky/gpt4free/blob/main/g4f/api/__init__.py
 */
export const gpt4free: Preset = {
  id: 'gpt4free',
  label: 'gpt4free',
  baseUrl: 'http://127.0.0.1:1337/v1',
  key: { needed: 'optional' },
  hasModels: true,
  wire: 'openai-chat',
  quirks: { hasOwnMedia: true, effortNames: { minimal: 'low', xhigh: 'x-high', max: 'x-high' } },
};
