import { answerText } from '@/lib/chat/branches';
import type { Reply } from '@/lib/chat/types';
import { describeFailure, type Remedy } from '@/lib/errors/describe-failure';
import type { MessageKey } from '@/lib/i18n/en/first';
import { languageTag, t } from '@/lib/i18n/translate';
import type { Panel } from '@/lib/panel/panel';
import { failureSentence } from '../ui/failure-sentence';
import { Notice } from '../ui/notice';
import { lazyFailureDetails, lazyFailureWords } from './lazy-failure-words';

/** What can be done about an ending. */
export interface Remedies {
  readonly retry: () => void;
  /** Lets the reply go on where it ended. */
  readonly goOn: () => void;
  readonly openSettings: () => void;
  readonly unlockKeys: () => void;
  /** Called in the click itself. */
  readonly grantAccess: (origin: string) => void;
  readonly chooseModel: () => void;
}

export interface EndingNoticeProps {
  readonly reply: Reply;
  readonly remedies: Remedies;
  readonly panel: Panel;
}

/** How a reply ended, in words, and what can be done now; nothing for one that simply ended. */
export function EndingNotice({ reply, remedies, panel }: EndingNoticeProps) {
  const sentence = endingSentence(reply);
  if (sentence === undefined) return null;
  return (
    <Notice tone={reply.failure ? 'danger' : 'calm'} title={sentence}>
      {reply.failure && <lazyFailureWords.View failure={reply.failure} at={reply.finishedAt} />}
      <EndingButtons reply={reply} remedies={remedies} panel={panel} />
    </Notice>
  );
}

type Button = readonly [label: MessageKey, act: () => void];

function EndingButtons({ reply, remedies, panel }: EndingNoticeProps) {
  const buttons = buttonsFor(reply, remedies);
  if (buttons.length === 0 && !reply.failure) return null;
  return (
    <div class="buttons">
      {buttons.map(([label, act], index) => (
        <button key={label} type="button" class={index === 0 ? 'button primary' : 'button'} onClick={act}>
          {t(label)}
        </button>
      ))}
      {reply.failure && <lazyFailureDetails.View reply={reply} panel={panel} onRetry={remedies.retry} />}
    </div>
  );
}

/** The first is the one that most want. A reply that has text is continued rather than asked for again. */
function buttonsFor(reply: Reply, remedies: Remedies): readonly Button[] {
  const again: readonly Button[] = isWorthContinuing(reply)
    ? [
        ['continueReply', remedies.goOn],
        ['startOver', remedies.retry],
      ]
    : [['retry', remedies.retry]];
  if (!reply.failure) return offersRetry(reply) ? again : [];
  const { remedy } = describeFailure(reply.failure);
  if (remedy === 'retry') return again;
  const cure = buttonFor(remedy, reply.failure.origin, remedies);
  return [...(cure ? [cure] : []), ...(isWorthContinuing(reply) ? again : [])];
}

function buttonFor(remedy: Remedy, origin: string | undefined, remedies: Remedies): Button | undefined {
  switch (remedy) {
    case 'retry':
      return ['remedyRetry', remedies.retry];
    case 'open-settings':
      return ['remedyOpenSettings', remedies.openSettings];
    case 'unlock-keys':
      return ['remedyUnlockKeys', remedies.unlockKeys];
    case 'grant-access':
      return [
        'remedyGrantAccess',
        () => (origin === undefined ? remedies.openSettings() : remedies.grantAccess(origin)),
      ];
    case 'choose-model':
      return ['remedyChooseModel', remedies.chooseModel];
    case 'none':
      return undefined;
  }
}

/** Whether the notice has a way to ask again, so that the row under the answer needs none. */
export function hasOwnRetry(reply: Reply): boolean {
  if (!reply.failure) return offersRetry(reply);
  return isWorthContinuing(reply) || describeFailure(reply.failure).remedy === 'retry';
}

function offersRetry({ state }: Reply): boolean {
  return state === 'cut' || state === 'interrupted' || state === 'empty' || state === 'stopped' || state === 'length';
}

function isWorthContinuing(reply: Reply): boolean {
  return answerText(reply).trim() !== '';
}

/** undefined for an answer that is complete, or that is still being written. */
export function endingSentence(reply: Reply): string | undefined {
  if (reply.failure) return failureSentence(reply.failure);
  switch (reply.state) {
    case 'streaming':
    case 'complete':
      return undefined;
    case 'length':
      return t('endingLength');
    case 'filtered':
      return t('endingFiltered');
    case 'refused':
      return t('endingRefused');
    case 'tool-calls':
      return t('endingToolCalls');
    case 'empty':
      return t('endingEmpty');
    case 'cut':
      return withWords(reply, 'endingCutEmpty', 'endingCut');
    case 'stopped':
      return t('endingStopped');
    case 'error':
      return t('failureBug');
    case 'interrupted':
      return withWords(reply, 'endingInterruptedEmpty', 'endingInterrupted');
  }
}

/** Counted only for a reply that has ended: an answer that grows is drawn many times a second. */
function withWords(reply: Reply, empty: MessageKey, counted: 'endingCut' | 'endingInterrupted'): string {
  const count = countWords(answerText(reply));
  return count === 0 ? t(empty) : t(counted, { count });
}

/** Words as the language counts them. */
function countWords(text: string): number {
  let count = 0;
  for (const { isWordLike } of new Intl.Segmenter(languageTag(), { granularity: 'word' }).segment(text)) {
    if (isWordLike) count += 1;
  }
  return count;
}
