import type { ButtonHTMLAttributes } from 'preact';
import { Icon, type IconName } from './icon';

export interface IconButtonProps extends Omit<ButtonHTMLAttributes, 'icon' | 'label'> {
  /** Its name, also shown as a tooltip. */
  readonly label: string;
  readonly icon: IconName;
}

export function IconButton({ label, icon, class: className, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      class={`icon-button${typeof className === 'string' ? ` ${className}` : ''}`}
      aria-label={label}
      title={label}
    >
      <Icon name={icon} />
    </button>
  );
}
