import { useSignal, useSignalEffect } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { t } from '@/lib/i18n/translate';
import type { Thread } from '@/lib/panel/thread';
import { endingSentence } from './ending-notice';

const nothing = (): string => '';

/** Tells those who listen that an answer began and how it ended; the words of the answer are theirs to read. */
export function Announcer({ thread }: { readonly thread: Thread }) {
  /** How to say it, not the words: those are of the language that is chosen when they are said. */
  const say = useSignal(nothing);
  const streamingId = useRef<string | undefined>(undefined);
  useSignalEffect(() => {
    const last = thread.messages.value.at(-1)?.message;
    if (last?.role !== 'assistant') {
      streamingId.current = undefined;
      say.value = nothing;
    } else if (last.state === 'streaming') {
      if (streamingId.current !== last.id) say.value = () => t('answerStarted');
      streamingId.current = last.id;
    } else if (streamingId.current === last.id) {
      streamingId.current = undefined;
      say.value = () => endingSentence(last) ?? t('answerComplete');
    }
  });
  return <output class="visually-hidden">{say.value()}</output>;
}
