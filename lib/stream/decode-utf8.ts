/**
 * Decodes UTF-8 piece by piece, as "UTF-8 decode" of the Encoding standard says: one byte order mark is taken off the
 * start and wrong bytes become U+FFFD. Called without bytes at the end, it gives what was still open.
 */
export function createUtf8Decoder(): (bytes?: Uint8Array) => string {
  // The mark is taken off here: Node's decoder takes off two when the first comes in pieces.
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let atStart = true;
  return (bytes) => {
    const text = decoder.decode(bytes, { stream: bytes !== undefined });
    const rest = atStart ? text.replace(/^\ufeff/, '') : text;
    atStart &&= text === '';
    return rest;
  };
}
