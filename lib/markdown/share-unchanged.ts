/** The value `after`, in which every part that equals its counterpart in `before` is the very object of `before`. */
export function shareUnchanged<T>(before: unknown, after: T): T;
export function shareUnchanged(before: unknown, after: unknown): unknown {
  if (before === after) return before;
  if (Array.isArray(before) && Array.isArray(after)) return shareArray(before, after);
  if (isRecord(before) && isRecord(after)) return shareRecord(before, after);
  return after;
}

function shareArray(before: readonly unknown[], after: readonly unknown[]): readonly unknown[] {
  const shared = after.map((value, index) => shareUnchanged(before[index], value));
  return before.length === after.length && shared.every((value, index) => value === before[index]) ? before : shared;
}

function shareRecord(before: Record<string, unknown>, after: Record<string, unknown>): Record<string, unknown> {
  const keys = Object.keys(after);
  const shared = Object.fromEntries(keys.map((key) => [key, shareUnchanged(before[key], after[key])]));
  const isSame =
    keys.length === Object.keys(before).length && keys.every((key) => key in before && shared[key] === before[key]);
  return isSame ? before : shared;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
