// First: it says in which order the layers of all style sheets count.
import '@/components/styles/base.css';
import { effect } from '@preact/signals';
import { render } from 'preact';
import { OptionsView } from '@/components/settings/options-view';
import { createOptionsWorld } from '@/lib/browser/options-world';
import { followLanguage } from '@/lib/i18n/apply-language';
import { locales } from '@/lib/i18n/locales';
import { followLater, t } from '@/lib/i18n/translate-later';
import { createOptions } from '@/lib/panel/options';
import { presets } from '@/lib/providers';
import { normalizeAddress } from './normalize-address';

async function start(root: HTMLElement): Promise<void> {
  const { world, language } = createOptionsWorld({ providers: presets, normalizeAddress });
  const options = createOptions(world);
  await followLanguage(language, options.settings);
  await followLater();
  effect(() => {
    document.title = `${t('name')} · ${t('options')}`;
  });
  render(<OptionsView options={options} locales={locales} />, root);
}

const root = document.getElementById('root');
// In a frame it could be shown in a page of anybody's.
if (root && top === window) void start(root);
