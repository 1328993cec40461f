import { useSignal, useSignalEffect } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { t } from '@/lib/i18n/translate';
import type { Thread } from '@/lib/panel/thread';
import { endingSentence } from './ending-notice';

/** Tells those who listen that an answer began and how it ended; the words of the answer are theirs to read. */
export function Announcer({ thread }: { readonly thread: Thread }) {
  const words = useSignal('');
  const streamingId = useRef<string | undefined>(undefined);
  useSignalEffect(() => {
    const last = thread.messages.value.at(-1)?.message;
    if (last?.role !== 'assistant') {
      streamingId.current = undefined;
      words.value = '';
    } else if (last.state === 'streaming') {
      if (streamingId.current !== last.id) words.value = t('answerStarted');
      streamingId.current = last.id;
    } else if (streamingId.current === last.id) {
      streamingId.current = undefined;
      words.value = endingSentence(last) ?? t('answerComplete');
    }
  });
  return <output class="visually-hidden">{words}</output>;
}
