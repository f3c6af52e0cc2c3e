/** Whose pictures from the internet are always shown: the reader's choice for one account, kept on this device. */
import { Live } from './live.svelte.ts'
import type { ReplicaActions, ReplicaReads } from '../replica/replica.ts'

export class PictureSenders {
  readonly #replica: ReplicaReads & ReplicaActions
  readonly #live: Live<readonly string[]>

  constructor(replica: ReplicaReads & ReplicaActions) {
    this.#replica = replica
    this.#live = new Live<readonly string[]>(replica, {
      initial: [],
      concerns: (notice) => notice.pictureSenders === true,
      read: () => replica.pictureSenders(),
    })
  }

  /** Lower case. */
  get addresses(): readonly string[] {
    return this.#live.current
  }

  set(address: string, isAllowed: boolean): Promise<void> {
    return this.#replica.setPictureSender(address.toLowerCase(), isAllowed)
  }
}
