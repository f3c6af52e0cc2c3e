/** The accounts of one sign-in as the page knows them. */
import type { Session } from '../jmap/session.ts'
import type { AccountInfo, LoginId } from '../sync/engine-port.ts'

const MAIL = 'urn:ietf:params:jmap:mail'

/** The person's own first, then the shared ones, each in the session's order. */
export function toAccounts(
  session: Session,
  login: LoginId,
  username: string,
  isKept: boolean,
): readonly AccountInfo[] {
  return session.accounts
    .map((account) => ({
      key: `${login}.${account.accountId}`,
      login,
      accountId: account.accountId,
      username,
      name: account.name,
      isPersonal: account.isPersonal,
      isReadOnly: account.isReadOnly,
      hasMail: account.capabilities.has(MAIL),
      mail: account.mail,
      isKept,
    }))
    .sort((a, b) => rank(a, session) - rank(b, session))
}

function rank(account: AccountInfo, session: Session): number {
  return account.accountId === session.primaryMail ? 0 : account.isPersonal ? 1 : 2
}
