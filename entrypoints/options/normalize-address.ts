import type { AnyKey } from '@/lib/i18n/en/later';
import type { NormalizeAddress } from '@/lib/panel/options';
import { findPreset } from '@/lib/providers';
import { onDeviceAddress } from '@/lib/providers/provider';
import { type BaseUrlRefusal, type BaseUrlWarning, normalizeBaseUrl } from '@/lib/providers/normalize-base-url';

/** The address of a provider's form and what is to be said about it, or the sentence that says why it can't be one. */
export const normalizeAddress: NormalizeAddress = (input, providerId) => {
  const preset = findPreset(providerId);
  if (preset?.baseUrl === onDeviceAddress) return { ok: true, url: onDeviceAddress, origin: '' };
  const address = normalizeBaseUrl(input, preset);
  if (!address.ok) return { ok: false, reason: sentenceOf(address.reason) };
  const { url, origin, warning } = address;
  return { ok: true, url, origin, ...(warning ? { warning: warnings[warning] } : {}) };
};

const warnings: Readonly<Record<BaseUrlWarning, AnyKey>> = {
  'network-http': 'addressNetworkHttp',
  'foreign-letters': 'addressForeignLetters',
};

function sentenceOf(refusal: BaseUrlRefusal): AnyKey {
  switch (refusal) {
    case 'empty':
      return 'addressEmpty';
    case 'not-an-address':
      return 'addressInvalid';
    case 'scheme':
      return 'addressScheme';
    case 'public-http':
      return 'addressPublicHttp';
    case 'credentials':
      return 'addressCredentials';
    case 'query':
      return 'addressQuery';
  }
}
