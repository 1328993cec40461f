import { answerText, shownMessages, titleOf } from '@/lib/chat/branches';
import type { Exporter } from './exporter';

/** The shown branch, to be read or pasted. */
export const markdown: Exporter = {
  id: 'markdown',
  extension: 'md',
  mediaType: 'text/markdown',
  write: (conversation, { you, assistant }) => {
    const parts = shownMessages(conversation).map(({ message }) => {
      if (message.role === 'assistant') return `## ${assistant}\n\n${answerText(message)}`;
      const quotes = message.attachments.map(
        ({ title, url, text }) => `> ${text.replaceAll('\n', '\n> ')}\n>\n> ${title} <${url}>`,
      );
      return [`## ${you}`, ...quotes, message.text].join('\n\n');
    });
    return `${[`# ${titleOf(conversation)}`, ...parts].join('\n\n')}\n`;
  },
};
