import type { Preset } from './provider';

/** https://www.alibabacloud.com/help/en/model-studio/compatibility-of-openai-with-dashscope */
export const alibaba: Preset = {
  id: 'alibaba',
  label: 'Alibaba (Qwen)',
  baseUrl: 'https://dashscope-intl.aliyuncs.com/compatible-mode/v1',
  key: { needed: 'yes', url: 'https://modelstudio.console.alibabacloud.com' },
  hasModels: true,
  wire: 'openai-chat',
};
