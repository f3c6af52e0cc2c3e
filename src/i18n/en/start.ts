/** What is said where the app itself cannot start. Built into `app/start-check.js`, which has no catalogue. */
export const start = {
  oldTitle: 'This browser is too old',
  old: 'Postern needs Safari or iOS 17.4, Firefox 121, Chrome or Edge 119, or newer. Update it, then load again.',
  lostTitle: 'Postern did not load',
  lost: 'A part did not arrive. Check the connection, then load again.',
  reload: 'Load again',
}
