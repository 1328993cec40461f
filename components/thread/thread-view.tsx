import { effect, useSignalEffect } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { t } from '@/lib/i18n/translate';
import type { Panel } from '@/lib/panel/panel';
import type { Stage } from '../panel/stage';
import { Icon } from '../ui/icon';
import { Announcer } from './announcer';
import { FailureNotice } from './failure-notice';
import { Question } from './question';
import { ReplyView } from './reply-view';
import { createBottomKeeper } from './stick-to-bottom';
import { useFirstDrawn } from './use-first-drawn';
import './thread.css';

export interface ThreadViewProps {
  readonly panel: Panel;
  readonly stage: Stage;
  /** Shown while nothing has been asked. */
  readonly children?: ComponentChildren;
}

/** The conversation, with the reader kept at its end as long as they are there. */
export function ThreadView({ panel, stage, children }: ThreadViewProps) {
  const { thread } = panel;
  const keeper = useMemo(() => createBottomKeeper(() => thread.messages.peek().length > 0), [thread]);
  const scroller = useRef<HTMLElement>(null);
  const content = useRef<HTMLDivElement>(null);
  useLayoutEffect(
    () => (scroller.current && content.current ? keeper.watch(scroller.current, content.current) : undefined),
    [keeper],
  );
  // Another conversation opens at its end, and a new question takes its reader along.
  const lastQuestion = useRef<string | undefined>(undefined);
  useSignalEffect(() => {
    const question = thread.messages.value.findLast(({ message }) => message.role === 'user')?.message.id;
    if (question === lastQuestion.current) return;
    lastQuestion.current = question;
    if (question !== undefined) keeper.toBottom();
  });
  // The button goes when the end is reached: the focus that it may have must not go with it. At once, before it goes:
  // `useSignalEffect` would come a frame later.
  useLayoutEffect(
    () =>
      effect(() => {
        if (keeper.isAtBottom.value && document.activeElement?.matches('.to-latest')) scroller.current?.focus();
      }),
    [keeper],
  );
  const messages = thread.messages.value;
  const firstDrawn = useFirstDrawn(thread.conversationId.value, messages.length);
  return (
    // A keyboard reads by scrolling: the arrow and page keys need something to be in.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <main class="thread" aria-label={t('conversation')} ref={scroller} tabIndex={0}>
      <div class="thread-content" ref={content}>
        {messages.length === 0 && !thread.isLoading.value && children}
        {messages
          .slice(firstDrawn)
          .map(({ message, version, versions }) =>
            message.role === 'user' ? (
              <Question key={message.id} message={message} version={version} versions={versions} panel={panel} />
            ) : (
              <ReplyView
                key={message.id}
                message={message}
                version={version}
                versions={versions}
                panel={panel}
                stage={stage}
              />
            ),
          )}
        <UnansweredNotice panel={panel} />
      </div>
      {!keeper.isAtBottom.value && (
        <button type="button" class="to-latest" title={t('toLatest')} onClick={keeper.toBottom}>
          <Icon name="latest" />
          {t('latest')}
        </button>
      )}
      <Announcer thread={thread} />
    </main>
  );
}

function UnansweredNotice({ panel }: { readonly panel: Panel }) {
  const failure = panel.thread.refusal.value;
  return failure ? <FailureNotice failure={failure} onRetry={panel.composer.send} /> : null;
}
