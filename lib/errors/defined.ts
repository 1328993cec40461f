/** The fields that are there: an optional field that has nothing to say is left out, as `exactOptionalPropertyTypes` wants. */
export function defined<Fields extends object>(
  fields: Fields,
): {
  [Name in keyof Fields as undefined extends Fields[Name] ? never : Name]: Fields[Name];
} & { [Name in keyof Fields as undefined extends Fields[Name] ? Name : never]?: Exclude<Fields[Name], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}
