import { number, one } from '../numbers.ts'

/** The one line in which the network speaks, and what stands behind it. */
export const sync = {
  label: 'Connection',
  starting: 'Starting',
  upToDate: 'Up to date',
  upToDateAt: (time: string) => `Up to date ${time}`,
  fetching: 'Fetching mail',
  sending: (count: number) => `Sending ${one(count, 'change', 'changes')}`,
  refused: (count: number) => `${one(count, 'change', 'changes')} refused`,
  unsentSince: (time: string) => `Unsent changes since ${time}`,
  offline: 'Offline',
  offlineAsOf: (time: string) => `Offline, mail as of ${time}`,
  unauthorized: 'Signed out by the server',
  busy: 'Server slow',
  busyIn: (seconds: number) => `Server slow, trying again in ${number(seconds)} s`,
  server: 'The server has a problem',
  protocol: 'The answer is not JMAP',
  forbidden: 'The server refuses this account',
  storage: 'No room on this device',
  muteStorage: 'The storage of this device does not answer',
  noMail: 'No mail in this account',
  backOnline: 'Online again',
}
