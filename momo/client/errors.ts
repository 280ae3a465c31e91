/** What goes wrong with encrypted fields. No message ever holds a plaintext, a key or a ciphertext; ids of keys are no secret. */
export class FieldEncryptionError extends Error {
  override readonly name: string = 'FieldEncryptionError'
}

/** The bytes are not laid out as a ciphertext: too short, or of a version that this program does not know. */
export class MalformedCiphertextError extends FieldEncryptionError {
  override readonly name = 'MalformedCiphertextError'
}

/** The value was changed, or belongs to another row, column or merchant, or was made with another key of the same id. Which, cannot be told. */
export class AuthenticationError extends FieldEncryptionError {
  override readonly name = 'AuthenticationError'
  constructor(keyId: string) {
    super(`a value under data key ${keyId} is not what was encrypted for this row, column and merchant; restore it, and find out who changed it`)
  }
}

/** Nobody knows a data key of this id. */
export class UnknownKeyError extends FieldEncryptionError {
  override readonly name = 'UnknownKeyError'
  readonly keyId: string
  constructor(keyId: string) {
    super(`there is no data key ${keyId}; look for it in encryption_keys and its backups`)
    this.keyId = keyId
  }
}

/** The data key was destroyed on purpose: what it encrypted is gone for good. */
export class DestroyedKeyError extends FieldEncryptionError {
  override readonly name = 'DestroyedKeyError'
  readonly keyId: string
  constructor(keyId: string) {
    super(`data key ${keyId} is destroyed: what it encrypted cannot be read any more; show the person as erased`)
    this.keyId = keyId
  }
}

/** The key exists and may not be used for this: it is retiring, of another merchant, or for another purpose. */
export class KeyMisuseError extends FieldEncryptionError {
  override readonly name = 'KeyMisuseError'
}

/** The key service does not unwrap a data key: it was wrapped by another key, or for another merchant, purpose or id. */
export class KeyUnwrapError extends FieldEncryptionError {
  override readonly name = 'KeyUnwrapError'
}

/** A value cannot be normalised. `reason` is for programs, and the message holds nothing of the value. */
export class NormalisationError extends Error {
  override readonly name = 'NormalisationError'
  readonly reason: string
  constructor(what: string, reason: string) {
    super(`this is no ${what}: ${reason}`)
    this.reason = reason
  }
}
