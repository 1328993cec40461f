/** The browser's own strings (`_locales`), made from the same list of locales as the pages' strings. */
export function localeFiles(): readonly { readonly path: string; readonly contents: string }[] {
  return [
    { path: '_locales/en/messages.json', contents: JSON.stringify({ name: { message: 'Ava' }, description: { message: 'Ava' }, openPanel: { message: 'Open Ava' }, quickPrompt: { message: 'Quick prompt' } }) },
  ];
}
