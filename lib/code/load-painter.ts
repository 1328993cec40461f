import type { Highlighter } from './create-highlighter';
import { createPainter, type Painter } from './create-painter';
import { findLanguage, languages, type CodeLanguage } from './languages';

let highlighter: Promise<Highlighter> | undefined;

/**
 * Fetches what it takes to colour a language, by the name that stands after a fence. undefined when the language is not
 * known or can't be fetched: its code stays in one colour.
 */
export async function loadPainter(name: string): Promise<Painter | undefined> {
  const language = findLanguage(name);
  if (!language) return undefined;
  try {
    highlighter ??= import('./create-highlighter').then(({ createHighlighter }) => createHighlighter());
    const { addGrammar, highlight } = await highlighter;
    const needed = [language, ...languages.filter(({ id }) => language.within.includes(id))];
    await Promise.all(
      needed.map(async ({ id, loadGrammar }: CodeLanguage) => addGrammar(id, (await loadGrammar()).default)),
    );
    return createPainter((text, before) => highlight(language.id, text, before));
  } catch {
    // The page was closing, as a rule. If it was not, the next block tries again.
    highlighter = undefined;
    return undefined;
  }
}
