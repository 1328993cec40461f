import { useLayoutEffect, useMemo } from 'preact/hooks';
import { titleOf } from '@/lib/chat/branches';
import { t } from '@/lib/i18n/translate';
import type { Panel } from '@/lib/panel/panel';
import { ComposerView } from '../composer/composer-view';
import { ThreadView } from '../thread/thread-view';
import { IconButton } from '../ui/icon-button';
import { FirstOpen } from './first-open';
import { lazyHistory, lazyStorageNotice, lazyUndoToast } from './lazy-views';
import { createStage } from './stage';
import './panel.css';

/** The side panel. */
export function PanelView({ panel }: { readonly panel: Panel }) {
  const stage = useMemo(createStage, []);
  const { history } = panel;
  const isHistoryOpen = history.isOpen.value;
  // Whatever closed the history: only after that can the field take the focus again.
  useLayoutEffect(() => {
    if (!isHistoryOpen) stage.focusField();
  }, [isHistoryOpen]);
  return (
    <div class="panel">
      {/* What lies under the history takes no part while it is open. */}
      <div class="panel-below" inert={isHistoryOpen}>
        <Bar panel={panel} />
        <output class="panel-saving">{isStorageAmiss(panel) && <lazyStorageNotice.View panel={panel} />}</output>
        <ThreadView panel={panel} stage={stage}>
          <FirstOpen panel={panel} />
        </ThreadView>
        <ComposerView panel={panel} stage={stage} />
      </div>
      {isHistoryOpen && <lazyHistory.View panel={panel} onClose={() => history.close()} />}
      {(isHistoryOpen || history.deleted.value) && <lazyUndoToast.View history={history} />}
    </div>
  );
}

function Bar({ panel }: { readonly panel: Panel }) {
  const conversation = panel.thread.conversation.value;
  const title = (conversation && titleOf(conversation)) || t('newChat');
  return (
    <header class="bar">
      <IconButton label={t('history')} icon="history" onClick={panel.history.open} />
      <h1 title={title}>{title}</h1>
      <IconButton label={t('newChat')} icon="plus" onClick={panel.newChat} />
      <IconButton label={t('settings')} icon="settings" onClick={() => panel.openOptions()} />
    </header>
  );
}

function isStorageAmiss({ notSaving, thread }: Panel): boolean {
  const { damaged, isReadOnly } = thread.health.value;
  return notSaving.value !== null || isReadOnly || damaged.length > 0;
}
