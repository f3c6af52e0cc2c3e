/** Which mail servers' checks count: as config.json says, or said last, since kept letters are read without it, too. */
import { storageOf } from './create-engine.ts'
import { KeptAccounts } from './kept-accounts.ts'
import { readAuthservIds } from './read-offer.ts'

const KEY = 'postern:authserv'

const asked = new WeakMap<Window, Promise<readonly string[]>>()

/** Asked once for each page; an answer that did not come is asked for again. */
export function authservIds(window: Window): Promise<readonly string[]> {
  const known = asked.get(window)
  if (known) return known
  const answer = find(window)
  asked.set(window, answer)
  return answer
}

async function find(window: Window): Promise<readonly string[]> {
  const storage = storageOf(window)
  try {
    const names = await readAuthservIds(window)
    // of a session that must leave no trace, nothing is written
    if (new KeptAccounts(storage).read().length > 0) storage?.setItem(KEY, names.join(' '))
    return names
  } catch {
    asked.delete(window)
    return (storage?.getItem(KEY) ?? '').split(' ').filter((name) => name !== '')
  }
}
