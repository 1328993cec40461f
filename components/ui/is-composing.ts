/** Whether a key press belongs to an input method. WebKit ends the composition before the key: 229 tells it. */
export function isComposing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229;
}
