import { useEffect, useState } from 'preact/hooks';
import type { Code } from '@/lib/markdown/nodes';
import type { MarkdownLabels } from './labels';

/** A block of one element costs a layout of the whole for each line that comes; so lines are put together in chunks. */
const linesPerChunk = 32;

const copiedForMs = 2_000;

interface CodeBlockProps {
  readonly code: Code;
  readonly labels: MarkdownLabels;
  readonly onCopy: (text: string) => Promise<void>;
}

/** Code with its language and a button that hands over the text exactly as it stands. */
export function CodeBlock({ code, labels, onCopy }: CodeBlockProps) {
  const [said, setSaid] = useState('');

  useEffect(() => {
    if (said === '') return undefined;
    const timer = setTimeout(() => setSaid(''), copiedForMs);
    return () => clearTimeout(timer);
  }, [said]);

  function copy(): void {
    void onCopy(code.text).then(
      () => setSaid(labels.copied),
      () => setSaid(labels.notCopied),
    );
  }

  const name = code.language === '' ? labels.code : `${labels.code}: ${code.language}`;
  return (
    <figure class="code" aria-label={name} dir="ltr">
      <div class="code-header">
        <span class="code-language">{code.language}</span>
        <output class="code-copied">{said}</output>
        <button class="code-copy" type="button" aria-label={labels.copyCode} title={labels.copyCode} onClick={copy}>
          {said === labels.copied ? <CheckIcon /> : <CopyIcon />}
        </button>
      </div>
      {/* A region that scrolls has to be reachable for the keyboard that scrolls it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre tabindex={0}>
        <code>
          {chunkLines(code.text).map((chunk) => (
            <span class="code-lines">{chunk}</span>
          ))}
        </code>
      </pre>
    </figure>
  );
}

/** The text in pieces of whole lines, which together are the text. */
export function chunkLines(text: string): readonly string[] {
  const chunks: string[] = [];
  let from = 0;
  let lines = 0;
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) {
    lines += 1;
    if (lines < linesPerChunk) continue;
    chunks.push(text.slice(from, end + 1));
    from = end + 1;
    lines = 0;
  }
  if (from < text.length) chunks.push(text.slice(from));
  return chunks;
}

function CopyIcon() {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true">
      <rect x="5.5" y="5.5" width="8" height="8" rx="1.6" />
      <path d="M10.5 5.5v-2a1 1 0 0 0-1-1h-6a1 1 0 0 0-1 1v6a1 1 0 0 0 1 1h2" />
    </svg>
  );
}

function CheckIcon() {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true">
      <path d="m3 8.500 3.500 3.500 6.500-7.500" />
    </svg>
  );
}
