import type { Preset } from './provider';

/** The router of Inference Providers. https://huggingface.co/docs/inference-providers */
export const huggingFace: Preset = {
  id: 'hugging-face',
  label: 'Hugging Face',
  baseUrl: 'https://router.huggingface.co/v1',
  key: { needed: 'yes', url: 'https://huggingface.co/settings/tokens' },
  hasModels: true,
  wire: 'openai-chat',
};
