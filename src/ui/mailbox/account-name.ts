/** How accounts are called in the sidebar. */
import type { AccountInfo } from '../../sync/engine-port.ts'

/** A shared account by its name, without the domain that the reader shares with it anyway. */
export function accountName(info: AccountInfo): string {
  const own = info.username.slice(info.username.lastIndexOf('@'))
  return own.startsWith('@') && info.name.endsWith(own) ? info.name.slice(0, -own.length) : info.name
}
