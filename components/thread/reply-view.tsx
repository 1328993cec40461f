import { answerText } from '@/lib/chat/branches';
import type { Reply } from '@/lib/chat/types';
import { t } from '@/lib/i18n/translate';
import type { Panel } from '@/lib/panel/panel';
import { lazySentButton } from '../panel/lazy-views';
import type { Stage } from '../panel/stage';
import { CopyButton } from '../ui/copy-button';
import { IconButton } from '../ui/icon-button';
import { AnswerText } from './answer-text';
import { lazyFallbackNote } from './lazy-fallback-note';
import { EndingNotice, hasOwnRetry, type Remedies } from './ending-notice';
import { ReplyWait } from './reply-wait';
import { Thinking } from './thinking';
import { Versions } from './versions';

export interface ReplyViewProps {
  readonly message: Reply;
  readonly version: number;
  readonly versions: number;
  readonly panel: Panel;
  readonly stage: Stage;
}

/**
 * One answer. While another one streams, this view is not rendered again: it reads a signal (the language), and views
 * that do are skipped while their properties stay the same.
 */
export function ReplyView({ message: reply, version, versions, panel, stage }: ReplyViewProps) {
  const isStreaming = reply.state === 'streaming';
  const isSilent = reply.parts.length === 0 || reply.continuedAt !== undefined;
  const isWaiting = isStreaming && (isSilent || reply.waiting !== undefined);
  const remedies: Remedies = {
    retry: () => {
      if (!panel.models.chosen.value) return stage.openPicker();
      // The button goes with this version of the reply.
      stage.focusField();
      return panel.thread.retry(reply.parentId);
    },
    goOn: () => {
      if (!panel.models.chosen.value) return stage.openPicker();
      stage.focusField();
      return panel.thread.goOn(reply.id);
    },
    openSettings: () => panel.openOptions(`edit/${(reply.fallback?.model ?? reply.model).endpointId}`),
    unlockKeys: () => panel.openOptions('keys'),
    grantAccess: (origin) => panel.grantAccess(origin, reply.continuations ? remedies.goOn : remedies.retry),
    chooseModel: stage.openPicker,
  };
  function cancel(): void {
    panel.thread.stop();
    // The button goes with the wait.
    stage.focusField();
  }
  return (
    <article
      class="reply"
      aria-label={t('assistant')}
      aria-busy={isStreaming}
      data-message-id={reply.id}
      data-role="assistant"
      data-state={reply.state}
      data-failure={reply.failure?.kind}
    >
      {reply.parts.map((part, index) => {
        const isLast = isStreaming && index === reply.parts.length - 1;
        return part.type === 'text' ? (
          <AnswerText
            key={index}
            text={part.text}
            isStreaming={isLast}
            onCopy={panel.copy}
            onDownload={panel.download}
          />
        ) : (
          <Thinking
            key={index}
            text={part.text}
            isRunning={isLast}
            startedAt={part.startedAt}
            endedAt={reply.parts[index + 1]?.startedAt ?? reply.finishedAt}
          />
        );
      })}
      {isWaiting && <ReplyWait reply={reply} onTryNow={panel.thread.tryNow} onCancel={cancel} />}
      {reply.fallback && <lazyFallbackNote.View fallback={reply.fallback} />}
      <EndingNotice reply={reply} remedies={remedies} panel={panel} />
      {reply.failure?.kind === 'permission' && panel.accessRefused.value && <p class="hint">{t('accessRefused')}</p>}
      {!isStreaming && (
        <div class="message-actions">
          {answerText(reply) !== '' && (
            <CopyButton label={t('copyAnswer')} onCopy={() => panel.copy(answerText(reply))} />
          )}
          {!hasOwnRetry(reply) && <IconButton label={t('retry')} icon="retry" onClick={remedies.retry} />}
          <lazySentButton.View reply={reply} panel={panel} />
          <Versions version={version} versions={versions} onStep={(step) => panel.thread.stepVersion(reply.id, step)} />
          <span class="message-facts">{factsOf(reply)}</span>
        </div>
      )}
    </article>
  );
}

/** Who answered, and with how many tokens. */
function factsOf(reply: Reply): string {
  const { servedBy, usage, model } = reply;
  const tokens = usage?.outputTokens;
  return [
    servedBy === undefined ? model.label : t('servedBy', { model: servedBy }),
    tokens === undefined ? '' : t('tokens', { count: tokens }),
  ]
    .filter((fact) => fact !== '')
    .join(' · ');
}
