/** The ports that are looked at. */
export const localPorts = [11434, 1234, 8080, 8000, 1337, 5001, 4000] as const;

/** Access to this computer, as it is asked for. Patterns take no port. */
export const localPattern = 'http://127.0.0.1/*';
export const localOrigin = 'http://127.0.0.1';
