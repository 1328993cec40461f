import type { Preset } from './provider';

export const anthropic: Preset = {
  id: 'anthropic',
  label: 'Anthropic',
  baseUrl: 'https://api.anthropic.com/v1',
  key: { needed: 'yes', url: 'https://platform.claude.com/settings/keys' },
  hasModels: true,
  wire: 'anthropic-messages',
};
