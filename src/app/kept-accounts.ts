/**
 * Which accounts this device keeps, readable at once: a warm start paints rows from the database before the worker has
 * said a word, and a tab that resumes knows in the same task whether it was signed out meanwhile. Names and ids only,
 * never a credential; the first thing that sign-out erases.
 */
import { settingsKey } from '../state/settings.svelte.ts'
import type { AccountInfo, LoginId } from '../sync/engine-port.ts'

const KEY = 'postern:accounts'

export class KeptAccounts {
  readonly #storage: Storage | undefined

  constructor(storage: Storage | undefined) {
    this.#storage = storage
  }

  read(): readonly AccountInfo[] {
    try {
      const value: unknown = JSON.parse(this.#storage?.getItem(KEY) ?? '[]')
      return Array.isArray(value) ? value.filter(isAccountInfo) : []
    } catch {
      return []
    }
  }

  write(accounts: readonly AccountInfo[]): void {
    try {
      this.#storage?.setItem(KEY, JSON.stringify(accounts.filter((account) => account.isKept)))
    } catch {
      // Full or forbidden: the next start asks the worker first and is slower, nothing more.
    }
  }

  forget(login: LoginId): void {
    this.write(this.read().filter((account) => account.login !== login))
    for (const key of Object.keys(this.#storage ?? {}))
      if (key.startsWith(settingsKey(login))) this.#storage?.removeItem(key)
  }

  has(login: LoginId): boolean {
    return this.read().some((account) => account.login === login)
  }

  /** Another tab signed in or out. */
  onChange(listener: () => void): () => void {
    const onStorage = (event: StorageEvent): void => {
      if (event.key === KEY || event.key === null) listener()
    }
    globalThis.addEventListener('storage', onStorage)
    return () => {
      globalThis.removeEventListener('storage', onStorage)
    }
  }
}

function isAccountInfo(value: unknown): value is AccountInfo {
  const account = value as Partial<Record<keyof AccountInfo, unknown>> | null
  return (
    typeof account === 'object' &&
    account !== null &&
    [account.key, account.login, account.accountId, account.username, account.name].every(
      (text) => typeof text === 'string',
    )
  )
}
