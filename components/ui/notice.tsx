import type { ComponentChildren } from 'preact';

export interface NoticeProps {
  readonly tone: 'danger' | 'calm';
  readonly title: string;
  readonly children?: ComponentChildren;
}

/** What happened, in a sentence, with what helps under it. */
export function Notice({ tone, title, children }: NoticeProps) {
  return (
    <div class="notice" data-tone={tone}>
      <strong>{title}</strong>
      {children}
    </div>
  );
}
