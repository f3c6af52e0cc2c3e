/** The words about the app itself. */
export const upkeep = {
  label: 'New version',
  ready: 'A new version is ready.',
  reload: 'Reload',
  notNow: 'Not now',
}
