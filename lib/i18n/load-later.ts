/** Loads the messages of views that are loaded later; resolves when they are in the page's language. */
export async function loadLater(): Promise<void> {
  const { followLater } = await import('./translate-later.ts');
  await followLater();
}
