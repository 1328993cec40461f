import type { Preset } from './provider';

/** Tells its usage in every chunk, and lists no models. https://docs.perplexity.ai/docs/sonar/openai-compatibility */
export const perplexity: Preset = {
  id: 'perplexity',
  label: 'Perplexity',
  baseUrl: 'https://api.perplexity.ai',
  key: { needed: 'yes', url: 'https://www.perplexity.ai/settings/api' },
  hasModels: true,
  listProves: false,
  wire: 'openai-chat',
  quirks: {
    usageInStream: false,
    models: ['sonar', 'sonar-pro', 'sonar-reasoning-pro', 'sonar-deep-research'],
  },
};
