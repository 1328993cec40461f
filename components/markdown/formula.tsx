import { signal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { drawFormula } from './draw-formula';

const drawing = signal<typeof drawFormula | undefined>(undefined);

/** Fetches what draws formulas: it is larger than everything else of an answer, and few answers need it. */
export async function loadFormulas(): Promise<void> {
  if (drawing.peek()) return;
  try {
    const [module] = await Promise.all([import('./draw-formula'), import('./formula.css')]);
    drawing.value = module.drawFormula;
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
  const draw = drawing.value;
  const drawn = useMemo(() => draw?.(tex, isDisplay), [draw, tex, isDisplay]);
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
