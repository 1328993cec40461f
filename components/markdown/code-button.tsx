export interface CodeButtonProps {
  readonly label: string;
  /** Of its picture, 16 × 16. */
  readonly path: string;
  /** Of a switch alone. */
  readonly isPressed?: boolean;
  readonly onClick: () => void;
}

/** A button above a block of code, which its picture and a tooltip explain. */
export function CodeButton({ label, path, isPressed, onClick }: CodeButtonProps) {
  return (
    <button
      class="code-button"
      type="button"
      aria-label={label}
      title={label}
      aria-pressed={isPressed}
      onClick={onClick}
    >
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d={path} />
      </svg>
    </button>
  );
}
