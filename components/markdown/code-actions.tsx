import { CodeButton } from './code-button';
import type { MarkdownLabels } from './labels';

interface CodeActionsProps {
  readonly labels: MarkdownLabels;
  readonly isWrapped: boolean;
  /** undefined while no lines are shown. */
  readonly onWrap: ((isWrapped: boolean) => void) | undefined;
  readonly isSource: boolean;
  /** undefined where nothing is drawn. */
  readonly onSource: ((isSource: boolean) => void) | undefined;
  readonly onDownload: () => void;
}

/** What can be done with a block of code besides copying it. */
export function CodeActions(props: CodeActionsProps) {
  const { labels, isWrapped, onWrap, isSource, onSource, onDownload } = props;
  return (
    <>
      {onSource && (
        <CodeButton
          label={labels.diagramSource}
          path="m5.500 5-3 3 3 3M10.500 5l3 3-3 3"
          isPressed={isSource}
          onClick={() => onSource(!isSource)}
        />
      )}
      {onWrap && (
        <CodeButton
          label={labels.wrapLines}
          path="M2.500 4h11M2.500 8h9a2 2 0 0 1 0 4h-3M2.500 12h3M10 10.500 8.500 12l1.500 1.500"
          isPressed={isWrapped}
          onClick={() => onWrap(!isWrapped)}
        />
      )}
      <CodeButton label={labels.downloadCode} path="M8 2.500v7.500M5 7.500l3 3 3-3M3 13.500h10" onClick={onDownload} />
    </>
  );
}
