import { one } from '../numbers.ts'

/** The account row and its menu. */
export const account = {
  button: 'Account',
  menu: (name: string) => `Account, ${name}`,
  signOut: 'Sign out',
  keptHere: 'Mail is kept on this device',
  notKeptHere: 'Nothing is kept on this device',
  unsentTitle: 'Some changes have not been sent',
  unsent: (count: number) =>
    `${one(count, 'change has', 'changes have')} not reached the server. If you sign out now, ${count === 1 ? 'it is' : 'they are'} lost.`,
  stay: 'Stay signed in',
  signOutAnyway: 'Sign out and lose them',
  signedOut: 'Signed out',
  signOutFailed: 'Signing out did not work. Try again; if it fails twice, close all tabs of this page first.',
}
