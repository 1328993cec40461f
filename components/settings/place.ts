import { useEffect, useState } from 'preact/hooks';
import type { ModelRef } from '@/lib/chat/types';
import type { ProviderChoice } from '@/lib/panel/options';

/** Where on the options page somebody is: it is all in the address, so that other pages can lead there. */
export type Place =
  | { readonly type: 'section'; readonly section: Section }
  | { readonly type: 'choose'; readonly from: ProviderChoice['place'] }
  | { readonly type: 'add'; readonly providerId: string }
  | { readonly type: 'edit'; readonly endpointId: string }
  | { readonly type: 'model-defaults'; readonly endpointId: string; readonly model: string };

export const sections = ['providers', 'chat', 'keys', 'general', 'shortcuts', 'privacy', 'about'] as const;
export type Section = (typeof sections)[number];

const choices = ['computer', 'vendor', 'anywhere'] as const;

/** `#choose/vendor`, `#add/ollama`, `#edit/<id>`, `#chat/<id>/<model>`, `#privacy`; anything else is the providers. */
export function readPlace(hash: string): Place {
  const [first = '', ...rest] = hash.replace(/^#/u, '').split('/');
  const id = decodeURIComponent(rest.join('/'));
  const from = choices.find((choice) => choice === id);
  if (first === 'choose' && from) return { type: 'choose', from };
  if (first === 'add' && id !== '') return { type: 'add', providerId: id };
  if (first === 'edit' && id !== '') return { type: 'edit', endpointId: id };
  const [endpointId = '', model] = rest.map(decodeURIComponent);
  if (first === 'chat' && model !== undefined) return { type: 'model-defaults', endpointId, model };
  return { type: 'section', section: sections.find((section) => section === first) ?? 'providers' };
}

/** Where the defaults of a model are: without the `#`. */
export function placeOfModel({ endpointId, model }: ModelRef): string {
  return `chat/${encodeURIComponent(endpointId)}/${encodeURIComponent(model)}`;
}

export function usePlace(): Place {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const onChange = (): void => setHash(location.hash);
    addEventListener('hashchange', onChange);
    // It may have changed since it was drawn.
    onChange();
    return () => removeEventListener('hashchange', onChange);
  }, []);
  return readPlace(hash);
}
