import type { Preset } from './provider';

/**
 * The v1 API, which wants no `api-version`. A model is asked for by the name of its deployment; the list is of the models there are.
 * https://learn.microsoft.com/azure/foundry/openai/api-version-lifecycle
 */
export const azureOpenai: Preset = {
  id: 'azure-openai',
  label: 'Azure OpenAI',
  baseUrl: '',
  example: 'https://my-resource.openai.azure.com/openai/v1',
  key: { needed: 'yes', url: 'https://ai.azure.com' },
  hasModels: true,
  wire: 'openai-chat',
  quirks: { keyHeader: 'api-key', maxTokensField: 'max_completion_tokens', effortNames: { max: 'xhigh' } },
};
