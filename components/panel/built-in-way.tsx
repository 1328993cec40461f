import { useEffect, useState } from 'preact/hooks';
import { t } from '@/lib/i18n/translate-later';
import type { Panel } from '@/lib/panel/panel';

/** The browser's own model among the ways to get one, on a device that has it or can get it. */
export function BuiltInWay({ panel }: { readonly panel: Panel }) {
  const [isOffered, setIsOffered] = useState(false);
  useEffect(() => {
    panel.offersBuiltIn().then(setIsOffered, () => {
      // Its script can't be read any more, or the browser does not say: it is not offered.
    });
  }, []);
  return isOffered ? (
    <li>
      <button type="button" class="way" onClick={() => panel.openOptions('add/chrome-built-in')}>
        <span class="dot" aria-hidden="true" />
        <span class="way-text">
          <span>{t('setupBuiltIn')}</span>
          <small>{t('setupBuiltInHint')}</small>
        </span>
        <span class="button" aria-hidden="true">
          {t('add')}
        </span>
      </button>
    </li>
  ) : null;
}
