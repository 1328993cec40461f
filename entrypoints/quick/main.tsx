// First: it says in which order the layers of all style sheets count.
import '@/components/styles/base.css';
import { render } from 'preact';
import { QuickView } from '@/components/quick/quick-view';
import { lazyModelPicker } from '@/components/panel/lazy-views';
import { loadMarkdown } from '@/components/thread/answer-text';
import { lazyFailureWords } from '@/components/thread/lazy-failure-words';
import { createPanelWorld } from '@/lib/browser/panel-world';
import { followLanguage } from '@/lib/i18n/apply-language';
import { createPanel } from '@/lib/panel/panel';

async function start(root: HTMLElement): Promise<void> {
  const { world, language } = await createPanelWorld('quick');
  // First: its line wakes the background while the disk is asked for the language.
  const panel = createPanel(world);
  await followLanguage(language, panel.models.settings);
  // Where there is no popup, `quick.html?window` is opened in a small window of its own.
  document.body.classList.toggle('own-window', location.search === '?window');
  render(<QuickView panel={panel} onClose={() => window.close()} />, root);
  addEventListener('pagehide', panel.keep);
  // The first paint comes first; until the formatting is there, answers are plain text.
  requestIdleCallback(() => {
    void loadMarkdown();
    void lazyModelPicker.load();
    void lazyFailureWords.load();
  });
}

const root = document.getElementById('root');
// In a frame it could be shown in a page of anybody's.
if (root && top === window) void start(root);
