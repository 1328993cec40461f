import type { Preset } from './provider';

export const google: Preset = {
  id: 'google',
  label: 'Google Gemini',
  baseUrl: 'https://generativelanguage.googleapis.com/v1beta',
  key: { needed: 'yes', url: 'https://aistudio.google.com/apikey' },
  hasModels: true,
  wire: 'gemini',
};
