/** Whether a stored value is a record of this version: the first thing to ask of whatever comes from the disk. */
export function isRecord(value: unknown, version: number): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && 'v' in value && value.v === version;
}
