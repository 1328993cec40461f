import { useState } from 'preact/hooks';
import { localPattern } from '@/lib/doctor/local-ports';
import type { MessageKey } from '@/lib/i18n/en/first';
import { t } from '@/lib/i18n/translate';
import type { Panel } from '@/lib/panel/panel';
import { lazyBuiltInWay, lazyLocalServers } from './lazy-views';

interface Way {
  readonly title: MessageKey;
  readonly hint: MessageKey;
  /** The place in the options where it is set up; '' for what is looked for here. */
  readonly place: string;
}

const ways: readonly Way[] = [
  { title: 'setupLocal', hint: 'setupLocalHint', place: '' },
  { title: 'setupKey', hint: 'setupKeyHint', place: 'choose/vendor' },
  { title: 'setupAddress', hint: 'setupAddressHint', place: 'add/openai-compatible' },
  { title: 'setupRetired', hint: 'setupRetiredHint', place: 'add/codelink-ava' },
];

/** What is shown in place of a thread before anything was asked: the ways to get a model, or nothing but calm. */
export function FirstOpen({ panel }: { readonly panel: Panel }) {
  const [access, setAccess] = useState<Promise<boolean> | undefined>(undefined);
  const settings = panel.models.settings.value;
  if (!settings) return null;
  if (settings.endpoints.length > 0) {
    return (
      <div class="first-open">
        <h2>{t('welcomeTitle')}</h2>
        <p>{t('welcomeReady')}</p>
      </div>
    );
  }
  // The browser asks only in the click itself.
  const look = (): void => setAccess(panel.requestAccess(localPattern));
  return (
    <div class="first-open">
      <h2>{t('welcomeTitle')}</h2>
      <p>{t('welcomeText')}</p>
      <ul class="ways">
        {ways.map(({ title, hint, place }) => (
          <li key={place}>
            <button type="button" class="way" onClick={place === '' ? look : () => panel.openOptions(place)}>
              <span class="dot" aria-hidden="true" />
              <span class="way-text">
                <span>{t(title)}</span>
                <small>{t(hint)}</small>
              </span>
              <span class="button" aria-hidden="true">
                {t(place === '' ? 'find' : 'add')}
              </span>
            </button>
            {place === '' && access && <lazyLocalServers.View panel={panel} access={access} onLook={look} />}
          </li>
        ))}
        <lazyBuiltInWay.View panel={panel} />
      </ul>
    </div>
  );
}
