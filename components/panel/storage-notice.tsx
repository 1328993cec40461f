import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Failure } from '@/lib/errors/failure';
import { exporters } from '@/lib/exporters';
import { t } from '@/lib/i18n/translate-later';
import type { Panel } from '@/lib/panel/panel';
import { CopyButton } from '../ui/copy-button';
import { failureSentence } from '../ui/failure-sentence';

/** Stands there for as long as the disk refuses, or when a conversation could not be read whole: and how to keep it. */
export function StorageNotice({ panel }: { readonly panel: Panel }) {
  const failure = panel.notSaving.value;
  const { damaged, isReadOnly } = panel.thread.health.value;
  return (
    <>
      {failure && (
        <Line words={t('notSaving', { reason: failureSentence(failure) })}>
          {panel.thread.messages.value.length > 0 && <Keep panel={panel} />}
        </Line>
      )}
      {isReadOnly && <Line words={t('failureNewerVersion')} />}
      {damaged.length > 0 && (
        <Line words={t('damaged')}>
          <ExportRecords panel={panel} />
        </Line>
      )}
    </>
  );
}

function Line({ words, children }: { readonly words: string; readonly children?: ComponentChildren }) {
  return (
    <div class="not-saving">
      <p>{words}</p>
      <div class="buttons">{children}</div>
    </div>
  );
}

function ExportRecords({ panel }: { readonly panel: Panel }) {
  const [failure, setFailure] = useState<Failure | undefined>(undefined);
  return (
    <>
      <button type="button" class="button" onClick={() => void panel.exportRecords().then(setFailure)}>
        {t('exportRecords')}
      </button>
      {failure && <p>{failureSentence(failure)}</p>}
    </>
  );
}

/** What the page has, out of its memory. */
function Keep({ panel }: { readonly panel: Panel }) {
  const [exporter] = exporters;
  if (!exporter) return null;
  const names = { you: t('you'), assistant: t('assistant') };
  return (
    <>
      <CopyButton label={t('copyConversation')} onCopy={() => panel.copy(panel.writeConversation(exporter, names))} />
      <button type="button" class="button" onClick={() => panel.exportConversation(exporter, names)}>
        {t('exportConversation')}
      </button>
    </>
  );
}
