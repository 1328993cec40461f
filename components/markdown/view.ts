import type { ReadonlySignal } from '@preact/signals';
import { type ComponentChildren, h, type VNode } from 'preact';
import type { Block, Inline } from '@/lib/markdown/nodes';
import type { MarkdownLabels } from './labels';
import { Once } from './once';

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
  /** Draws `make()`, and not again while the node in this place is the same: what has not changed costs nothing. */
  readonly once: (place: string, node: object, make: () => VNode) => ComponentChildren;
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
  const view: View = {
    labels,
    isStreaming,
    copy,
    download,
    askBeforeOpening,
    blocks: (blocks) => blocks.map((block) => view.once('block', block, () => renderBlock(block))),
    inlines: (inlines) => inlines.map(renderInline),
    once: (place, node, make) => h(Once, { of: [view, place, node], make }),
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
