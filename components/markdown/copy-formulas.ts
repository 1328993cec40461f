import type { TargetedClipboardEvent } from 'preact';

/**
 * Puts the selection on the clipboard with the source of its formulas. Their drawings are taken out for the moment:
 * browsers leave out what can't be selected, but not the line breaks around it.
 */
export function copyFormulas(event: TargetedClipboardEvent<HTMLElement>): void {
  const selection = getSelection();
  const root = event.currentTarget;
  const isFormulaIn = [...root.querySelectorAll('.math')].some((formula) => selection?.containsNode(formula, true));
  if (!selection || !isFormulaIn) return;
  root.classList.add('copying');
  event.clipboardData?.setData('text/plain', selection.toString());
  root.classList.remove('copying');
  event.preventDefault();
}
