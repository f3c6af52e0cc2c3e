/** The sign-in form. What a server answers to it is in `sign-in-problems.ts`, which comes when it is needed. */
export const signIn = {
  title: 'Sign in to your mail',
  address: 'Address',
  password: 'Password',
  showPassword: 'Show password',
  hidePassword: 'Hide password',
  server: 'Server',
  serverHint: 'Such as mail.example.com. Empty: found by your address.',
  mine: 'This device is mine',
  mineHint: 'Keep mail here for offline reading. Untick on a shared computer: nothing stays behind.',
  submit: 'Sign in',
  busy: 'Signing in',
  demo: 'Try the demo',
  noThirdParty: 'No third-party requests',
  addressMissing: 'Type your mail address or user name.',
  passwordMissing: 'Type your password.',
  failed: 'Signing in did not work. Load the page again and try once more.',
}
