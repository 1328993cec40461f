import { onDeviceAddress, type Preset } from './provider';

/** The model that the browser itself brings along. Its list of models tells whether it is there. */
export const chromeBuiltIn: Preset = {
  id: 'chrome-built-in',
  label: 'Chrome built-in',
  baseUrl: onDeviceAddress,
  key: { needed: 'no' },
  hasModels: true,
  wire: 'built-in',
};
