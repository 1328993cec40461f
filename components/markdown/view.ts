import type { ReadonlySignal } from '@preact/signals';
import type { ComponentChildren, VNode } from 'preact';
import type { Block, Inline } from '@/lib/markdown/nodes';
import type { MarkdownLabels } from './labels';

/** What a renderer draws its children with. */
export interface View {
  readonly labels: MarkdownLabels;
  /** Whether more of the text may come. */
  readonly isStreaming: ReadonlySignal<boolean>;
  readonly copy: (text: string) => Promise<void>;
  readonly download: (name: string, text: string) => void;
  /** Shows a long address to the user, who decides whether it is opened. */
  readonly askBeforeOpening: (href: string) => void;
  readonly blocks: (blocks: readonly Block[]) => ComponentChildren;
  readonly inlines: (inlines: readonly Inline[]) => ComponentChildren;
  /**
   * The element of a node as it was made the first time in this place, or `make()`. Preact leaves an element alone that
   * it has seen before, so what has not changed costs nothing, however often the text around it grows.
   */
  readonly once: (place: string, node: object, make: () => VNode) => VNode;
}

/** One renderer for each kind: a kind without one doesn't compile. */
export type BlockRenderers = {
  readonly [Kind in Block['type']]: (block: Extract<Block, { type: Kind }>, view: View) => VNode;
};
export type InlineRenderers = {
  readonly [Kind in Inline['type']]: (inline: Extract<Inline, { type: Kind }>, view: View) => ComponentChildren;
};

export interface ViewOptions extends Pick<View, 'labels' | 'isStreaming' | 'copy' | 'download' | 'askBeforeOpening'> {
  readonly blockRenderers: BlockRenderers;
  readonly inlineRenderers: InlineRenderers;
}

export function createView({
  labels,
  isStreaming,
  copy,
  download,
  askBeforeOpening,
  blockRenderers,
  inlineRenderers,
}: ViewOptions): View {
  const made = new Map<string, WeakMap<object, VNode>>();

  const view: View = {
    labels,
    isStreaming,
    copy,
    download,
    askBeforeOpening,
    blocks: (blocks) => blocks.map((block) => view.once('block', block, () => renderBlock(block))),
    inlines: (inlines) => inlines.map(renderInline),
    once(place, node, make) {
      let elements = made.get(place);
      if (!elements) made.set(place, (elements = new WeakMap()));
      let element = elements.get(node);
      if (!element) elements.set(node, (element = make()));
      return element;
    },
  };

  function renderBlock<Kind extends Block['type']>(block: Extract<Block, { type: Kind }>): VNode {
    const kind: Kind = block.type;
    return blockRenderers[kind](block, view);
  }

  function renderInline<Kind extends Inline['type']>(inline: Extract<Inline, { type: Kind }>): ComponentChildren {
    const kind: Kind = inline.type;
    return inlineRenderers[kind](inline, view);
  }

  return view;
}
