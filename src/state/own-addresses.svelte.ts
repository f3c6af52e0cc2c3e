/** Which addresses are the reader's own: what turns a name into "you". */
import { Live } from './live.svelte.ts'
import type { OpenAccount } from './open-account.ts'

export class OwnAddresses {
  readonly #live: Live<readonly string[]>

  constructor(account: OpenAccount) {
    const known = [account.info.username, account.info.name].filter((name) => name.includes('@')).map(lower)
    this.#live = new Live<readonly string[]>(account.replica, {
      initial: known,
      // Identities come once, with the first sync: notices of mailboxes tell that it is under way.
      concerns: (notice) => notice.mailboxes === true,
      read: async () => {
        const identities = await account.replica.identities()
        return [...known, ...identities.map((identity) => lower(identity.email))]
      },
    })
  }

  get current(): readonly string[] {
    return this.#live.current
  }
}

const lower = (address: string): string => address.toLowerCase()
