import { useEffect, useState } from 'preact/hooks';
import type { ProviderChoice } from '@/lib/panel/options';

/** Where on the options page somebody is: it is all in the address, so that other pages can lead there. */
export type Place =
  | { readonly type: 'section'; readonly section: Section }
  | { readonly type: 'choose'; readonly from: ProviderChoice['place'] }
  | { readonly type: 'add'; readonly providerId: string }
  | { readonly type: 'edit'; readonly endpointId: string };

export const sections = ['providers', 'keys', 'general', 'shortcuts', 'privacy', 'about'] as const;
export type Section = (typeof sections)[number];

const choices = ['computer', 'vendor', 'anywhere'] as const;

/** `#choose/vendor`, `#add/ollama`, `#edit/<id>`, `#privacy`; anything else is the providers. */
export function readPlace(hash: string): Place {
  const [first = '', ...rest] = hash.replace(/^#/u, '').split('/');
  const id = decodeURIComponent(rest.join('/'));
  const from = choices.find((choice) => choice === id);
  if (first === 'choose' && from) return { type: 'choose', from };
  if (first === 'add' && id !== '') return { type: 'add', providerId: id };
  if (first === 'edit' && id !== '') return { type: 'edit', endpointId: id };
  return { type: 'section', section: sections.find((section) => section === first) ?? 'providers' };
}

export function usePlace(): Place {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const onChange = (): void => setHash(location.hash);
    addEventListener('hashchange', onChange);
    return () => removeEventListener('hashchange', onChange);
  }, []);
  return readPlace(hash);
}
