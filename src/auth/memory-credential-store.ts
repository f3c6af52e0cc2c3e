/** "This device is mine" off: the secret lives in this worker's memory, and a reload asks again. */
import type { Session } from '../jmap/session.ts'
import type { Credential, CredentialInfo, Secret } from './credential.ts'
import type { CredentialStore } from './credential-store.ts'

export class MemoryCredentialStore implements CredentialStore {
  readonly #infos = new Map<string, CredentialInfo>()
  readonly #secrets = new Map<string, Secret>()

  list(): Promise<readonly CredentialInfo[]> {
    return Promise.resolve([...this.#infos.values()].sort((a, b) => a.addedAt - b.addedAt))
  }

  info(login: string): Promise<CredentialInfo | undefined> {
    return Promise.resolve(this.#infos.get(login))
  }

  secret(info: CredentialInfo): Promise<Secret | undefined> {
    const isCurrent = this.#infos.get(info.login)?.generation === info.generation
    return Promise.resolve(isCurrent ? this.#secrets.get(info.login) : undefined)
  }

  put({ secret, ...info }: Credential): Promise<boolean> {
    if ((this.#infos.get(info.login)?.generation ?? 0) !== info.generation - 1) return Promise.resolve(false)
    this.#infos.set(info.login, info)
    this.#secrets.set(info.login, secret)
    return Promise.resolve(true)
  }

  reject(login: string, generation: number): Promise<void> {
    const info = this.#infos.get(login)
    if (info?.state === 'ok' && info.generation === generation) this.#infos.set(login, { ...info, state: 'rejected' })
    return Promise.resolve()
  }

  saveSession(login: string, session: Session): Promise<void> {
    const info = this.#infos.get(login)
    if (info && info.state !== 'signedOut') this.#infos.set(login, { ...info, session })
    return Promise.resolve()
  }

  signOut(login: string): Promise<void> {
    const info = this.#infos.get(login)
    this.#secrets.delete(login)
    if (info) this.#infos.set(login, { ...info, generation: info.generation + 1, state: 'signedOut' })
    return Promise.resolve()
  }
}
