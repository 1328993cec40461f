import { signal } from '@preact/signals';
import { h, type VNode } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import type { FormulaElement, readFormula } from './read-formula';

const reader = signal<typeof readFormula | undefined>(undefined);

/** Fetches what reads formulas: it is larger than everything else of an answer, and few answers need it. */
export async function loadFormulas(): Promise<void> {
  if (reader.peek()) return;
  try {
    const [module] = await Promise.all([import('./read-formula'), import('./formula.css')]);
    reader.value = module.readFormula;
  } catch {
    // The page was closing, as a rule. Formulas are shown as their source; the next one tries again.
  }
}

interface FormulaProps {
  readonly tex: string;
  readonly isDisplay: boolean;
}

/**
 * A formula as MathML; as its source until it can be drawn, or where it has an error. The source is there in any case,
 * behind the drawing: it is what is selected and copied.
 */
export function Formula({ tex, isDisplay }: FormulaProps) {
  useEffect(() => void loadFormulas(), []);
  const read = reader.value;
  const drawn = useMemo(() => {
    const math = read?.(tex, isDisplay);
    return math && drawElement(math);
  }, [read, tex, isDisplay]);
  const mark = isDisplay ? '$$' : '$';
  const source = `${mark}${tex}${mark}`;
  const className = isDisplay ? 'math math-display' : 'math';
  if (!drawn) {
    return (
      <code class={className} dir="ltr">
        {source}
      </code>
    );
  }
  return (
    <span class={className} dir="ltr">
      {drawn}
      <span class="math-source" aria-hidden="true">
        {source}
      </span>
    </span>
  );
}

function drawElement({ name, attributes, children }: FormulaElement): VNode {
  return h(name, attributes, ...children.map((child) => (typeof child === 'string' ? child : drawElement(child))));
}
