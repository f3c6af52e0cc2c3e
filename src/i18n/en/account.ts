/** The account row and its menu. */
export const account = {
  button: 'Account',
  menu: (name: string) => `Account, ${name}`,
  signedOut: 'Signed out',
  signOutFailed: 'Signing out did not work. Try again; if it fails twice, close all tabs of this page first.',
}
