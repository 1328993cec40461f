import { signal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { languageTag, t } from '@/lib/i18n/translate';
import type { MarkdownLabels, MarkdownProps } from '../markdown/markdown';

const markdown = signal<ComponentType<MarkdownProps> | undefined>(undefined);

/** Fetches the formatting of answers. It is not needed for the first paint: until it is there, text is shown plain. */
export async function loadMarkdown(): Promise<void> {
  if (markdown.peek()) return;
  try {
    const [{ default: Markdown }] = await Promise.all([
      import('../markdown/markdown'),
      import('../markdown/markdown.css'),
    ]);
    markdown.value = Markdown;
  } catch {
    // The page was closing, as a rule. If it was not, the next answer tries again.
  }
}

export interface AnswerTextProps {
  readonly text: string;
  readonly isStreaming: boolean;
  readonly onCopy: (text: string) => Promise<void>;
  readonly onDownload: (name: string, text: string) => void;
}

/** The answer's text, formatted. */
export function AnswerText({ text, isStreaming, onCopy, onDownload }: AnswerTextProps) {
  const Markdown = markdown.value;
  const labels = useMemo(makeLabels, [languageTag()]);
  useEffect(() => void loadMarkdown(), []);
  return (
    <div class="answer" data-part="text">
      {Markdown ? (
        <Markdown text={text} streaming={isStreaming} labels={labels} onCopy={onCopy} onDownload={onDownload} />
      ) : (
        <PlainText text={text} isStreaming={isStreaming} />
      )}
    </div>
  );
}

function PlainText({ text, isStreaming }: { readonly text: string; readonly isStreaming: boolean }) {
  return (
    <>
      {text.split(/\n{2,}/u).map((paragraph, index) => (
        <p class="plain" key={index}>
          {paragraph}
        </p>
      ))}
      {isStreaming && <span class="caret" aria-hidden="true" />}
    </>
  );
}

function makeLabels(): MarkdownLabels {
  return {
    copyCode: t('copyCode'),
    downloadCode: t('downloadCode'),
    wrapLines: t('wrapLines'),
    diagram: t('diagram'),
    diagramSource: t('diagramSource'),
    copied: t('copied'),
    notCopied: t('notCopied'),
    code: t('code'),
    table: t('table'),
    image: t('imageNotLoaded'),
    taskDone: t('taskDone'),
    taskOpen: t('taskOpen'),
    alerts: {
      note: t('alertNote'),
      tip: t('alertTip'),
      important: t('alertImportant'),
      warning: t('alertWarning'),
      caution: t('alertCaution'),
    },
    footnotes: t('footnotes'),
    footnote: t('footnote'),
    backToText: t('backToText'),
    longAddress: t('longAddress'),
    openLink: t('openLink'),
    cancel: t('cancel'),
  };
}
