/** Where credentials are kept. Two implementations, one behaviour: the encrypted database, and one worker's memory. */
import type { Credential, CredentialInfo, Secret } from './credential.ts'

export interface CredentialStore {
  /** All logins, tombstones too, in the order they were added. */
  list(): Promise<readonly CredentialInfo[]>
  info(login: string): Promise<CredentialInfo | undefined>
  /** The secret of this generation; undefined when another one took its place, or it was erased. */
  secret(info: CredentialInfo): Promise<Secret | undefined>
  /**
   * Writes a new generation, durably before it resolves. False, and nothing written, when the stored generation is not
   * the one before it: someone else was faster.
   */
  put(credential: Credential): Promise<boolean>
  /** Marks this generation, and only this one, as refused by the server. Durable. */
  reject(login: string, generation: number): Promise<void>
  /** Replaces the kept session, unless the login is signed out. */
  saveSession(login: string, session: Credential['session']): Promise<void>
  /**
   * Erases the secret and leaves the tombstone, under a generation of its own: a refresh that was under way must not
   * bring the login back. Durable.
   */
  signOut(login: string): Promise<void>
}
