/** Names of account databases: account ids collide between servers, so the login stands before them. */

const PREFIX = 'postern'

export function databaseName(login: string, accountId: string): string {
  return [PREFIX, login, accountId].map(encodeURIComponent).join('/')
}

/** The login of an account database; undefined for any other name. */
export function loginOfDatabase(name: string): string | undefined {
  const [prefix, login, accountId, ...rest] = name.split('/')
  if (prefix !== PREFIX || login === undefined || accountId === undefined || rest.length > 0) return undefined
  return decodeURIComponent(login)
}
