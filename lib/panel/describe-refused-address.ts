import type { MessageKey } from '@/lib/i18n/en';
import type { BaseUrlRefusal } from '@/lib/providers/normalize-base-url';

/** The sentence for an address that can't be used. */
export function describeRefusedAddress(reason: BaseUrlRefusal): MessageKey {
  switch (reason) {
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
