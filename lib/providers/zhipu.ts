import type { Preset } from './provider';

/**
 * Tells its usage unasked; `stream_options` is none of its fields. Outside China: https://api.z.ai/api/paas/v4.
 * https://java.agentscope.io/v2/en/integration/model/glm
 */
export const zhipu: Preset = {
  id: 'zhipu',
  label: 'Zhipu (GLM)',
  baseUrl: 'https://open.bigmodel.cn/api/paas/v4',
  key: { needed: 'yes', url: 'https://bigmodel.cn/usercenter/proj-mgmt/apikeys' },
  hasModels: true,
  wire: 'openai-chat',
  quirks: { usageInStream: false },
};
