/** The words about the app on an iPhone's home screen. */
export const homeScreen = {
  title: 'Keep the gate on your Home Screen',
  why: 'On iPhone and iPad, offline mail is only safe there: Safari throws away what it kept of a page that was not opened for a week.',
  /** Around the glyph and the name that the system gives the control. */
  tap: 'Tap',
  share: 'Share',
  inBar: 'in the bar of Safari',
  more: 'More',
  thenShare: 'in the bar of Safari, then',
  choose: 'Choose',
  add: 'Add to Home Screen',
  open: 'Open Postern from its new icon',
  notNow: 'Not now',
  offer: 'Keep it on your Home Screen',
  ownStorage:
    'The app on your Home Screen keeps mail of its own, so it asks you to sign in once more. After that you can sign out in Safari.',
}
