import { number, one } from '../numbers.ts'

/** The one line in which the network speaks, and what stands behind it. */
export const sync = {
  label: 'Connection',
  starting: 'Starting',
  upToDate: 'Up to date',
  upToDateAt: (time: string) => `Up to date ${time}`,
  fetching: 'Fetching mail',
  sending: (count: number) => `Sending ${one(count, 'change', 'changes')}`,
  offline: 'Offline',
  offlineAsOf: (time: string) => `Offline, mail as of ${time}`,
  offlineSince: (time: string) => `Offline. Mail as of ${time}`,
  unauthorized: 'Signed out by the server',
  unauthorizedHow:
    'Your password or session is no longer accepted. Sign out here and sign in again; mail that is kept on this device stays readable until then.',
  busy: 'Server slow',
  busyIn: (seconds: number) => `Server slow, trying again in ${number(seconds)} s`,
  server: 'The server has a problem',
  serverHow: 'It answered with an error. Postern keeps trying, and what you do is kept until it works.',
  protocol: 'The server gave an answer that is not JMAP',
  protocolHow:
    'Something between here and the server may be answering in its place: a proxy, or the sign-in page of a network.',
  origin: 'The server leads to another address',
  originHow:
    'Its session names an address that this installation does not allow. The administrator can add it to "servers" in config.json.',
  forbidden: 'The server refuses this account',
  forbiddenHow: 'The account may not use mail over JMAP. The administrator can grant it.',
  storage: 'No room on this device',
  storageHow: 'Mail could not be kept here. Free some space, or let the browser store more for this page.',
  noMail: 'No mail in this account',
  noMailHow: 'The server knows the account, but gives it no mailboxes.',
  waiting: (count: number) => `${one(count, 'change waits', 'changes wait')} to be sent`,
  failed: (count: number) => `${one(count, 'change was', 'changes were')} refused by the server`,
  keeping: (percent: number) => `Keeping older mail, ${number(percent)} %`,
  kept: 'Recent mail is kept on this device',
  notKept: 'Nothing is kept on this device',
  tryNow: 'Try now',
  backOnline: 'Online again',
}
