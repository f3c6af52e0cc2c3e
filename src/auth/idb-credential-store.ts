/**
 * The database `postern-auth`, opened by workers only. Secrets are encrypted under a key that cannot be exported: that
 * protects copies of the disk and logs, not against a script in our own origin, which could use the key as we do.
 */
import { openDB } from 'idb'
import type { DBSchema, IDBPDatabase } from 'idb'
import type { Session } from '../jmap/session.ts'
import type { Credential, CredentialInfo, Secret } from './credential.ts'
import type { CredentialStore } from './credential-store.ts'

interface StoredCredential extends CredentialInfo {
  readonly iv: Uint8Array<ArrayBuffer>
  /** Empty after sign-out. */
  readonly ciphertext: ArrayBuffer
}

interface AuthSchema extends DBSchema {
  keys: { key: 'secrets'; value: CryptoKey }
  credentials: { key: string; value: StoredCredential }
}

const databaseName = 'postern-auth'
/** Written to the disk before the promise resolves: a token that is used and then lost could not be refreshed again. */
const strict = { durability: 'strict' } as const

export async function openCredentialStore(): Promise<CredentialStore> {
  const database = await openDB<AuthSchema>(databaseName, 1, {
    upgrade(db) {
      db.createObjectStore('keys')
      db.createObjectStore('credentials', { keyPath: 'login' })
    },
    blocking(_current, _blocked, event) {
      // A newer build waits to upgrade; every use of this connection afterwards fails, and the tab is to be reloaded.
      const connection = event.target as IDBDatabase
      connection.close()
    },
  })
  return new IdbCredentialStore(database, await secretsKey(database))
}

/** Two workers may start at once: the key that is stored first is the key. */
async function secretsKey(database: IDBPDatabase<AuthSchema>): Promise<CryptoKey> {
  const stored = await database.get('keys', 'secrets')
  if (stored) return stored
  const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
  const tx = database.transaction('keys', 'readwrite', strict)
  const winner = (await tx.store.get('secrets')) ?? made
  if (winner === made) await tx.store.put(made, 'secrets')
  await tx.done
  return winner
}

/** Binds a secret to its row: a ciphertext moved to another login or generation does not open. */
function boundTo(info: Pick<CredentialInfo, 'login' | 'generation'>): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`${info.login}/${info.generation}`)
}

class IdbCredentialStore implements CredentialStore {
  readonly #database: IDBPDatabase<AuthSchema>
  readonly #key: CryptoKey

  constructor(database: IDBPDatabase<AuthSchema>, key: CryptoKey) {
    this.#database = database
    this.#key = key
  }

  async list(): Promise<readonly CredentialInfo[]> {
    const rows = await this.#database.getAll('credentials')
    return rows.map(withoutSecret).sort((a, b) => a.addedAt - b.addedAt)
  }

  async info(login: string): Promise<CredentialInfo | undefined> {
    const row = await this.#database.get('credentials', login)
    return row && withoutSecret(row)
  }

  async secret(info: CredentialInfo): Promise<Secret | undefined> {
    const row = await this.#database.get('credentials', info.login)
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

  /** Reads and writes one row in one transaction; `change` answers undefined to leave it. True when it wrote. */
  async #update(
    login: string,
    change: (row: StoredCredential | undefined) => StoredCredential | undefined,
  ): Promise<boolean> {
    const tx = this.#database.transaction('credentials', 'readwrite', strict)
    const changed = change(await tx.store.get(login))
    if (changed) await tx.store.put(changed)
    await tx.done
    return changed !== undefined
  }
}

function withoutSecret({ iv: _iv, ciphertext: _ciphertext, ...info }: StoredCredential): CredentialInfo {
  return info
}
