/** Hollow, or filled for a favourite. */
export function Star({ isOn }: { readonly isOn: boolean }) {
  return (
    <svg class="icon star" viewBox="0 0 16 16" aria-hidden="true" data-on={isOn}>
      <path d="m8 2 1.8 3.8 4.2.5-3.1 2.9.8 4.1L8 11.3l-3.7 2 .8-4.1L2 6.3l4.2-.5z" />
    </svg>
  );
}
