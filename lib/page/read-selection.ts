/** The selected text as the page shows it, line breaks included. Runs inside the page: uses nothing from outside itself. */
export function readSelection(): string {
  const field = document.activeElement;
  if (field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement) {
    const { selectionStart, selectionEnd, value } = field;
    if (selectionStart !== null && selectionEnd !== null && selectionStart !== selectionEnd) {
      return value.slice(selectionStart, selectionEnd);
    }
  }
  return getSelection()?.toString() ?? '';
}
