/** A text that only its passphrase opens, with what is needed to try one. */
export interface Sealed {
  /** Of PBKDF2. */
  readonly rounds: number;
  readonly salt: Uint8Array<ArrayBuffer>;
  readonly nonce: Uint8Array<ArrayBuffer>;
  /** The text by AES-GCM, with its tag. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface SealWorld {
  readonly crypto: Crypto;
  /** Of PBKDF2 for what is sealed from now on; what is sealed already says its own. */
  readonly rounds: number;
}

/** As OWASP advises for PBKDF2 with SHA-256: https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html */
export const usualRounds = 600_000;

const saltBytes = 16;
/** What AES-GCM is specified for: NIST SP 800-38D, section 8.2.2. */
const nonceBytes = 12;

/**
 * Seals a text: AES-256-GCM with a key of the passphrase by PBKDF2-SHA-256; salt and nonce are its own. `purpose` is bound
 * to it: the bytes open for nothing else. https://www.w3.org/TR/WebCryptoAPI/
 */
export async function seal(
  text: string,
  passphrase: string,
  { crypto, rounds, purpose }: SealWorld & { readonly purpose: string },
): Promise<Sealed> {
  const salt = crypto.getRandomValues(new Uint8Array(saltBytes));
  const nonce = crypto.getRandomValues(new Uint8Array(nonceBytes));
  const key = await deriveKey(passphrase, { crypto, salt, rounds });
  const bytes = await crypto.subtle.encrypt(parametersOf(nonce, purpose), key, encode(text));
  return { rounds, salt, nonce, bytes: new Uint8Array(bytes) };
}

/** undefined when the passphrase, the purpose or a byte is another. */
export async function unseal(
  { rounds, salt, nonce, bytes }: Sealed,
  passphrase: string,
  { crypto, purpose }: Pick<SealWorld, 'crypto'> & { readonly purpose: string },
): Promise<string | undefined> {
  try {
    const key = await deriveKey(passphrase, { crypto, salt, rounds });
    return new TextDecoder().decode(await crypto.subtle.decrypt(parametersOf(nonce, purpose), key, bytes));
  } catch {
    // AES-GCM says no more than that it is not so.
    return undefined;
  }
}

async function deriveKey(
  passphrase: string,
  { crypto, salt, rounds }: SealWorld & Pick<Sealed, 'salt'>,
): Promise<CryptoKey> {
  // The same letters, however a keyboard composes them.
  const given = encode(passphrase.normalize('NFC'));
  const base = await crypto.subtle.importKey('raw', given, 'PBKDF2', false, ['deriveKey']);
  return crypto.subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds },
    base,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );
}

function parametersOf(nonce: Sealed['nonce'], purpose: string): AesGcmParams {
  return { name: 'AES-GCM', iv: nonce, additionalData: encode(purpose) };
}

function encode(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
