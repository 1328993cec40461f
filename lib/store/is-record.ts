/** Whether a stored value is a record of this version: the first thing to ask of whatever comes from the disk. */
export function isRecord(value: unknown, version: number): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && 'v' in value && value.v === version;
}

/** Whether a newer Ava wrote this: it may be read as far as it is understood, and is never written over. */
export function isNewer(value: unknown, version = 1): boolean {
  return (
    typeof value === 'object' && value !== null && 'v' in value && typeof value.v === 'number' && value.v > version
  );
}
