import type { Preset } from './provider';

/** A token with the scope `models`. https://docs.github.com/rest/models */
export const githubModels: Preset = {
  id: 'github-models',
  label: 'GitHub Models',
  baseUrl: 'https://models.github.ai/inference',
  key: { needed: 'yes', url: 'https://github.com/settings/tokens' },
  hasModels: true,
  // The catalogue stands beside every address of this host.
  listProves: false,
  wire: 'openai-chat',
  quirks: { modelsPath: '../catalog/models' },
};
