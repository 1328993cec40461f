import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { CodeBlock, CodeBlockProps } from './code-block';

const fetched = signal<typeof CodeBlock | undefined>(undefined);

/** Fetches the view of code blocks, which not every answer has. */
export async function loadCodeBlock(): Promise<void> {
  try {
    fetched.value ??= (await import('./code-block')).CodeBlock;
  } catch {
    // The page was closing, as a rule. If it was not, the next block tries again.
  }
}

/** A block of code: until its view is there, the bare text. */
export function LazyCodeBlock(props: CodeBlockProps) {
  useEffect(() => void loadCodeBlock(), []);
  const View = fetched.value;
  if (View) return <View {...props} />;
  return (
    <pre class="code" dir="ltr">
      <code>{props.code.text}</code>
    </pre>
  );
}
