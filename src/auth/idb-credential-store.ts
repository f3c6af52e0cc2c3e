/**
 * The database `postern-auth`, opened by workers only. Secrets are encrypted under a key that cannot be exported: that
 * protects copies of the disk and logs, not against a script in our own origin, which could use the key as we do.
 */
import type { Session } from '../jmap/session.ts'
import { answer, completion, openIndexedDb } from '../platform/indexed-db.ts'
import type { Credential, CredentialInfo, Secret } from './credential.ts'
import type { CredentialStore } from './credential-store.ts'

interface StoredCredential extends CredentialInfo {
  readonly iv: Uint8Array<ArrayBuffer>
  /** Empty after sign-out. */
  readonly ciphertext: ArrayBuffer
}

const databaseName = 'postern-auth'
/** Written to the disk before the promise resolves: a token that is used and then lost could not be refreshed again. */
const strict = { durability: 'strict' } as const

export async function openCredentialStore(): Promise<CredentialStore> {
  // Closed for a newer build, every later use of the connection fails, and the tab is to be reloaded.
  const database = await openIndexedDb(databaseName, 1, {
    onUpgrade: (created) => {
      created.createObjectStore('keys')
      created.createObjectStore('credentials', { keyPath: 'login' })
    },
  })
  return new IdbCredentialStore(database, await secretsKey(database))
}

/** Two workers may start at once: the key that is stored first is the key. */
async function secretsKey(database: IDBDatabase): Promise<CryptoKey> {
  const read = (keys: IDBObjectStore): Promise<CryptoKey | undefined> =>
    answer(keys.get('secrets') as IDBRequest<CryptoKey | undefined>)
  const stored = await read(database.transaction('keys').objectStore('keys'))
  if (stored) return stored
  const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
  const tx = database.transaction('keys', 'readwrite', strict)
  const completed = completion(tx)
  const keys = tx.objectStore('keys')
  const winner = (await read(keys)) ?? made
  if (winner === made) keys.put(made, 'secrets')
  await completed
  return winner
}

/** Binds a secret to its row: a ciphertext moved to another login or generation does not open. */
function boundTo(info: Pick<CredentialInfo, 'login' | 'generation'>): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`${info.login}/${info.generation}`)
}

class IdbCredentialStore implements CredentialStore {
  readonly #database: IDBDatabase
  readonly #key: CryptoKey

  constructor(database: IDBDatabase, key: CryptoKey) {
    this.#database = database
    this.#key = key
  }

  async list(): Promise<readonly CredentialInfo[]> {
    const rows = await answer<unknown[]>(this.#rows(this.#database.transaction('credentials')).getAll())
    return (rows as StoredCredential[]).map(withoutSecret).sort((a, b) => a.addedAt - b.addedAt)
  }

  async info(login: string): Promise<CredentialInfo | undefined> {
    const row = await this.#read(login)
    return row && withoutSecret(row)
  }

  async secret(info: CredentialInfo): Promise<Secret | undefined> {
    const row = await this.#read(info.login)
    if (!row || row.generation !== info.generation || row.ciphertext.byteLength === 0) return undefined
    try {
      const algorithm = { name: 'AES-GCM', iv: row.iv, additionalData: boundTo(row) }
      const clear = await crypto.subtle.decrypt(algorithm, this.#key, row.ciphertext)
      return JSON.parse(new TextDecoder().decode(clear)) as Secret
    } catch {
      // The key is gone or another one: the secret is lost, and the person signs in again.
      return undefined
    }
  }

  async put({ secret, ...info }: Credential): Promise<boolean> {
    // Encrypted before the transaction: waiting for anything else would end it.
    const iv = crypto.getRandomValues(new Uint8Array(12))
    const clear = new TextEncoder().encode(JSON.stringify(secret))
    const algorithm = { name: 'AES-GCM', iv, additionalData: boundTo(info) }
    const ciphertext = await crypto.subtle.encrypt(algorithm, this.#key, clear)
    return this.#update(info.login, (row) =>
      (row?.generation ?? 0) === info.generation - 1 ? { ...info, iv, ciphertext } : undefined,
    )
  }

  async reject(login: string, generation: number): Promise<void> {
    await this.#update(login, (row) =>
      row?.state === 'ok' && row.generation === generation ? { ...row, state: 'rejected' } : undefined,
    )
  }

  async saveSession(login: string, session: Session): Promise<void> {
    await this.#update(login, (row) => (row && row.state !== 'signedOut' ? { ...row, session } : undefined))
  }

  async signOut(login: string): Promise<void> {
    const erased = { state: 'signedOut', iv: new Uint8Array(0), ciphertext: new ArrayBuffer(0) } as const
    await this.#update(login, (row) => row && { ...row, ...erased, generation: row.generation + 1 })
  }

  #rows(tx: IDBTransaction): IDBObjectStore {
    return tx.objectStore('credentials')
  }

  #read(login: string, tx = this.#database.transaction('credentials')): Promise<StoredCredential | undefined> {
    return answer(this.#rows(tx).get(login) as IDBRequest<StoredCredential | undefined>)
  }

  /** Reads and writes one row in one transaction; `change` answers undefined to leave it. True when it wrote. */
  async #update(
    login: string,
    change: (row: StoredCredential | undefined) => StoredCredential | undefined,
  ): Promise<boolean> {
    const tx = this.#database.transaction('credentials', 'readwrite', strict)
    const completed = completion(tx)
    const changed = change(await this.#read(login, tx))
    if (changed) this.#rows(tx).put(changed)
    await completed
    return changed !== undefined
  }
}

function withoutSecret({ iv: _iv, ciphertext: _ciphertext, ...info }: StoredCredential): CredentialInfo {
  return info
}
