import { Component, type ComponentChildren } from 'preact';

export interface OnceProps {
  /** What is drawn: while all of it is the same, so is what was drawn. */
  readonly of: readonly unknown[];
  readonly make: () => ComponentChildren;
}

/**
 * Draws what `make` gives, again only when something in `of` has changed. A component, because an element that is kept and
 * handed out again keeps everything that stood around it when it was made: the text of that moment, too.
 */
export class Once extends Component<OnceProps> {
  override shouldComponentUpdate({ of }: OnceProps): boolean {
    return of.length !== this.props.of.length || of.some((part, index) => part !== this.props.of[index]);
  }
  override render({ make }: OnceProps): ComponentChildren {
    return make();
  }
}
